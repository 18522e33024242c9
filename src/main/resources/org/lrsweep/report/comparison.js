(() => {
  const {
    data, dark, looks, isNumber, rate, loss, plain, minutes, byId, element, sorted, badge, swatch,
    sortableTable, addChart, redrawLines, charts, axis, tip, tooltipLook, zoomTools, zoomSlider,
    accuracyAxis, lossAxis, metricOf, line, lineOption, rateScale,
  } = lrsweep;
  const runs = data.runs.map((run, index) => ({
    ...run,
    index,
    chosen: run.suggestions.find((one) => one.selected) ?? null,
    best: run.trials.length > 0 && run.trials[0].bestValue !== null ? run.trials[0] : null,
    ranks: metricOf(run),
  }));
  // Runs of several tasks have several metrics, which can't be compared.
  const metric = runs.every((run) => run.ranks.title === runs[0].ranks.title) ? runs[0].ranks : null;
  const titled = (what) => what + ' ' + (metric ? metric.title : 'metric');
  const shownBy = (run, value) => (metric || !isNumber(value) ? '' : run.ranks.title + ' ') + run.ranks.show(value);
  const shown = new Set(runs);
  const visible = () => runs.filter((run) => shown.has(run)).reverse();
  const withFinder = runs.filter((run) => run.finder !== null && run.finder.lr.length > 0);
  const range = (one) => rate(one.minLr) + ' to ' + rate(one.maxLr);

  function fillRuns() {
    const box = (run) => {
      const made = element('input');
      made.type = 'checkbox';
      made.checked = shown.has(run);
      made.setAttribute('aria-label', 'show ' + run.runId);
      made.addEventListener('change', () => {
        if (made.checked) shown.add(run); else shown.delete(run);
        charts.forEach(redrawLines);
      });
      return made;
    };
    const ofBest = (title, key, show, bestFirst) => ({
      title, bestFirst, value: (run) => run.best?.[key] ?? null, show: (run) => (run.best ? show(run.best[key]) : '-'),
    });
    const better = (one, other) => (metric.highFirst ? one > other : one < other);
    const measured = metric ? runs.filter((run) => run.best !== null) : [];
    const winner = measured.length === 0 ? null : measured.reduce((one, other) => (better(other.best.bestValue, one.best.bestValue) ? other : one));
    sortableTable(byId('run-table'), [
      { title: 'shown', text: true, show: box },
      { title: 'run', text: true, value: (run) => run.runId, show: (run) => element('span', '', swatch(looks(run.index)), run.runId) },
      {
        title: titled('best'),
        bestFirst: metric?.first,
        value: (run) => run.best?.bestValue ?? null,
        show: (run) => (run.best ? shownBy(run, run.best.bestValue) : '-'),
      },
      { ...ofBest('trial', 'id', plain), text: true },
      { ...ofBest('policy', 'policy', plain), text: true },
      ofBest('step size, epochs', 'stepSizeEpochs', plain),
      { title: 'learning rates', value: (run) => run.chosen?.maxLr ?? null, show: (run) => (run.chosen ? range(run.chosen) : '-') },
      { title: 'trials', value: (run) => run.trials.length, show: (run) => plain(run.trials.length) },
      { title: 'status', text: true, value: (run) => run.status, show: (run) => badge(run.status) },
      { title: 'data set', text: true, value: (run) => run.dataset, show: (run) => run.dataset },
      { title: 'time', value: (run) => run.durationMs, show: (run) => minutes(run.durationMs) },
      { title: 'started', text: true, value: (run) => run.startedAt, show: (run) => run.startedAt.slice(0, 16).replace('T', ' ') },
    ], runs, { marked: (run) => run === winner });
  }

  function finderOption() {
    const scale = rateScale(withFinder.map((run) => run.finder));
    return {
      grid: { left: 52, right: 20, top: 26, bottom: 70 },
      tooltip: {
        ...tooltipLook(),
        trigger: 'axis',
        formatter: (params) => tip('LR ' + rate(scale.rateAt(params[0].value[0])), params
          .filter((one) => isNumber(one.value[1]))
          .map((one) => ({ color: one.color, text: one.seriesName + ' ' + loss(one.value[1]) })), 0),
      },
      toolbox: zoomTools(),
      dataZoom: zoomSlider(6),
      xAxis: scale.axis(Math.min(...withFinder.map((run) => run.finder.lr[0])),
        Math.max(...withFinder.map((run) => run.finder.lr[run.finder.lr.length - 1]))),
      yAxis: axis({
        type: 'value',
        min: Math.min(...withFinder.map((run) => run.finder.lowestLoss)),
        max: Math.max(...withFinder.map((run) => run.finder.highestLoss)),
        axisLabel: { formatter: rate, showMinLabel: false, showMaxLabel: false },
      }),
      series: visible().filter((run) => withFinder.includes(run)).map((run) => line(
        run.runId,
        run.finder.lr.map((lr, i) => [scale.place(lr), run.finder.smoothed[i]]),
        looks(run.index),
        run.index,
      )),
    };
  }

  function epochOption(key, format, highFirst) {
    const measured = runs.filter((run) => run.best !== null);
    const values = sorted(measured.flatMap((run) => run.best.epochs[key]));
    const last = Math.max(1, ...measured.flatMap((run) => run.best.epochs.epoch));
    return lineOption({
      xName: 'epoch',
      format,
      highFirst,
      series: visible().filter((run) => run.best !== null).map((run) => line(
        run.runId,
        run.best.epochs.epoch.map((epoch, i) => [epoch, run.best.epochs[key][i]]),
        looks(run.index),
        run.index,
      )),
      xAxis: { min: 1, max: Math.max(2, last) },
      yAxis: key === 'valMetric' && metric.fraction ? accuracyAxis(values) : lossAxis(values),
    });
  }

  function fillTrials() {
    const trials = runs.flatMap((run) => run.trials.map((trial) => ({ ...trial, run })));
    if (trials.length === 0) return;
    byId('trials').hidden = false;
    const number = (title, key, show, bestFirst) => ({ title, bestFirst, value: (row) => row[key], show: (row) => show(row[key]) });
    const ofMetric = (what, key) => ({
      title: titled(what), bestFirst: metric?.first, value: (row) => row[key], show: (row) => shownBy(row.run, row[key]),
    });
    sortableTable(byId('trial-table'), [
      { title: 'run', text: true, value: (row) => row.run.runId, show: (row) => element('span', '', swatch(looks(row.run.index)), row.run.runId) },
      { title: 'trial', text: true, value: (row) => row.id, show: (row) => row.id },
      ofMetric('best', 'bestValue'),
      number('at epoch', 'bestEpoch', plain),
      ofMetric('final', 'finalValue'),
      number('final loss', 'finalValLoss', loss),
      { ...number('policy', 'policy', plain), text: true },
      number('step size, epochs', 'stepSizeEpochs', plain),
      { title: 'learning rates', value: (row) => row.maxLr, show: (row) => range({ minLr: row.baseLr, maxLr: row.maxLr }) },
      { title: 'status', text: true, value: (row) => row.status, show: (row) => badge(row.status) },
      number('time', 'durationMs', minutes),
    ], trials, { sortBy: 2, sortDescending: metric ? metric.highFirst : false });
  }

  // A configuration as key and value: {"a": {"b": 1}} is a.b = 1.
  function flat(value, prefix, into) {
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      Object.keys(value).forEach((key) => flat(value[key], prefix === '' ? key : prefix + '.' + key, into));
    } else {
      into.set(prefix, JSON.stringify(value));
    }
    return into;
  }

  function fillDifferences() {
    const configurations = runs.map((run) => {
      try {
        return flat(JSON.parse(run.configuration), '', new Map());
      } catch (e) {
        return new Map([['(not JSON)', run.configuration]]);
      }
    });
    configurations.forEach((one, i) => {
      one.set('seed of the run', String(runs[i].seed));
      one.set('data set', runs[i].dataset + ' ' + runs[i].datasetSha256.slice(0, 12));
      one.set('LRSweep', runs[i].appVersion);
      one.set('Spark', runs[i].sparkVersion);
    });
    const keys = [...new Set(configurations.flatMap((one) => [...one.keys()]))]
      .filter((key) => configurations.some((one) => one.get(key) !== configurations[0].get(key)));
    byId('differences-line').append(keys.length === 0 ? 'Nothing.' : 'All other keys have the same values.');
    if (keys.length === 0) return;
    sortableTable(byId('difference-table'), [
      { title: 'key', text: true, value: (key) => key, show: (key) => key },
      ...runs.map((run) => ({ title: run.runId, text: true, show: (key) => configurations[run.index].get(key) ?? '-' })),
    ], keys, { sortBy: 0 });
  }

  function fillTables() {
    fillRuns();
    fillTrials();
  }

  byId('title').append(runs.map((run) => run.runId).join(', '));
  document.title = runs.length + ' runs · LRSweep comparison';
  fillTables();
  dark.addEventListener('change', fillTables);
  if (withFinder.length > 0) {
    byId('finders').hidden = false;
    addChart('finder-chart', finderOption);
  }
  if (runs.some((run) => run.best !== null && run.best.epochs.epoch.length > 0)) {
    byId('curves').hidden = false;
    if (metric) {
      byId('metric-caption').append('Validation ' + metric.title);
      byId('accuracy-chart').setAttribute('aria-label', 'Validation ' + metric.title + ' by epoch');
      addChart('accuracy-chart', () => epochOption('valMetric', metric.show, metric.highFirst));
    } else {
      byId('metric-figure').hidden = true;
    }
    addChart('val-loss-chart', () => epochOption('valLoss', loss, false));
  }
  fillDifferences();
})();

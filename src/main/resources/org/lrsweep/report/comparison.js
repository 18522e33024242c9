(() => {
  const {
    data, dark, looks, isNumber, rate, percent, loss, plain, minutes, byId, element, sorted, badge, swatch,
    sortableTable, addChart, redrawLines, charts, axis, tip, tooltipLook, zoomTools, zoomSlider,
    accuracyAxis, lossAxis, line, lineOption, rateScale,
  } = lrsweep;
  const runs = data.runs.map((run, index) => ({
    ...run,
    index,
    chosen: run.suggestions.find((one) => one.selected) ?? null,
    best: run.trials.length > 0 && run.trials[0].bestValAccuracy !== null ? run.trials[0] : null,
  }));
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
    const winner = runs.reduce((one, other) => ((other.best?.bestValAccuracy ?? -1) > (one.best?.bestValAccuracy ?? -1) ? other : one));
    sortableTable(byId('run-table'), [
      { title: '', text: true, show: box },
      { title: 'run', text: true, value: (run) => run.runId, show: (run) => element('span', '', swatch(looks(run.index)), run.runId) },
      ofBest('best accuracy', 'bestValAccuracy', percent, 'high'),
      { ...ofBest('trial', 'id', plain), text: true },
      { ...ofBest('policy', 'policy', plain), text: true },
      ofBest('step size, epochs', 'stepSizeEpochs', plain),
      { title: 'learning rates', value: (run) => run.chosen?.maxLr ?? null, show: (run) => (run.chosen ? range(run.chosen) : '-') },
      { title: 'trials', value: (run) => run.trials.length, show: (run) => plain(run.trials.length) },
      { title: 'status', text: true, value: (run) => run.status, show: (run) => badge(run.status) },
      { title: 'data set', text: true, value: (run) => run.dataset, show: (run) => run.dataset },
      { title: 'time', value: (run) => run.durationMs, show: (run) => minutes(run.durationMs) },
      { title: 'started', text: true, value: (run) => run.startedAt, show: (run) => run.startedAt.slice(0, 16).replace('T', ' ') },
    ], runs, { marked: (run) => run === winner && run.best !== null });
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
      yAxis: highFirst ? accuracyAxis(values) : lossAxis(values),
    });
  }

  function fillTrials() {
    const trials = runs.flatMap((run) => run.trials.map((trial) => ({ ...trial, run })));
    if (trials.length === 0) return;
    byId('trials').hidden = false;
    const number = (title, key, show, bestFirst) => ({ title, bestFirst, value: (row) => row[key], show: (row) => show(row[key]) });
    sortableTable(byId('trial-table'), [
      { title: 'run', text: true, value: (row) => row.run.runId, show: (row) => element('span', '', swatch(looks(row.run.index)), row.run.runId) },
      { title: 'trial', text: true, value: (row) => row.id, show: (row) => row.id },
      number('best accuracy', 'bestValAccuracy', percent, 'high'),
      number('at epoch', 'bestEpoch', plain),
      number('final accuracy', 'finalValAccuracy', percent, 'high'),
      number('final loss', 'finalValLoss', loss),
      { ...number('policy', 'policy', plain), text: true },
      number('step size, epochs', 'stepSizeEpochs', plain),
      { title: 'learning rates', value: (row) => row.maxLr, show: (row) => range({ minLr: row.baseLr, maxLr: row.maxLr }) },
      { title: 'status', text: true, value: (row) => row.status, show: (row) => badge(row.status) },
      number('time', 'durationMs', minutes),
    ], trials, { sortBy: 2, sortDescending: true });
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
    addChart('accuracy-chart', () => epochOption('valAccuracy', percent, true));
    addChart('val-loss-chart', () => epochOption('valLoss', loss, false));
  }
  fillDifferences();
})();

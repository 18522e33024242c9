(() => {
  const {
    data, dark, DISTINCT, palette, looks, isNumber, rate, percent, loss, count, plain, minutes, byId,
    element, cssColor, sorted, badge, swatch, card, sortableTable, charts, addChart, draw, redrawLines, axis,
    tip, tooltipLook, zoomTools, zoomSlider, accuracyAxis, lossAxis, metricOf, line, lineOption, rateScale,
  } = lrsweep;
  const trials = data.trials;
  const metric = metricOf(data);
  const weighed = (row) => (row.metric === null ? row.valAccuracy : row.valMetric);
  const MARKS = ['diamond', 'circle', 'triangle', 'rect', 'pin', 'arrow'];
  const shown = new Set(trials.slice(0, DISTINCT).map((trial) => trial.id));

  const bestTrial = () => (trials.length > 0 && trials[0].bestValue !== null ? trials[0] : null);
  const trialCharts = () => charts.filter((chart) => chart.id !== 'finder-chart');

  // The finder.

  const showAccuracy = () => byId('finder-accuracy').checked;

  function finderOption() {
    const finder = data.finder;
    const scale = rateScale([finder]);
    const points = (values) => finder.lr.map((lr, i) => [scale.place(lr), values[i]]);
    const others = data.suggestions.filter((one) => !one.selected && (one.lr !== null || one.minLr !== null));
    const nearest = (lr) => {
      let best = 0;
      finder.lr.forEach((other, i) => {
        if (Math.abs(Math.log(other / lr)) < Math.abs(Math.log(finder.lr[best] / lr))) best = i;
      });
      return best;
    };
    const lossAt = (lr) => Math.min(finder.highestLoss, Math.max(finder.lowestLoss, finder.smoothed[nearest(lr)] ?? finder.highestLoss));
    const chosen = data.suggestions.find((one) => one.selected);
    const band = chosen ? {
      silent: true,
      itemStyle: { color: dark.matches ? 'rgba(60, 170, 110, .2)' : '#e0f1df' },
      data: [[{ xAxis: scale.place(chosen.minLr) }, { xAxis: scale.place(chosen.maxLr) }]],
    } : undefined;
    const accent = cssColor('--accent');
    const raw = dark.matches ? '#4a525c' : '#c3ccd8';
    const colors = palette().slice(1);
    const thin = (name, values) => ({ name, type: 'line', zlevel: 0, data: points(values), showSymbol: false, lineStyle: { width: 1, color: raw }, itemStyle: { color: raw } });
    const thick = (name, values) => ({ name, type: 'line', zlevel: 0, data: points(values), showSymbol: false, lineStyle: { width: 2.5, color: accent }, itemStyle: { color: accent }, markArea: band });
    const marks = (height) => others.map((one, i) => {
      const rates = one.lr !== null ? [one.lr] : [one.minLr, one.maxLr];
      return {
        name: one.method + ' ' + rates.map(rate).join(' to '),
        type: 'scatter',
        symbol: MARKS[i % MARKS.length],
        symbolSize: 13,
        itemStyle: { color: colors[i % colors.length] },
        z: 5,
        data: rates.map((lr) => [scale.place(lr), height(lr)]),
      };
    });
    const ofLoss = [thin('loss of each step', finder.loss), thick('smoothed loss', finder.smoothed), ...marks(lossAt)];
    const ofAccuracy = () => [
      thin('accuracy of each step', finder.accuracy),
      thick('accuracy, moving mean', finder.meanAccuracy),
      ...marks((lr) => finder.meanAccuracy[nearest(lr)]),
    ].map((one) => ({ ...one, xAxisIndex: 1, yAxisIndex: 1 }));
    const xAxis = scale.axis(finder.lr[0], finder.lr[finder.lr.length - 1]);
    const lossY = axis({
      name: 'loss',
      type: 'value',
      min: finder.lowestLoss,
      max: finder.highestLoss,
      axisLabel: { formatter: rate, showMinLabel: false, showMaxLabel: false },
    });
    const both = showAccuracy();
    return {
      grid: both
        ? [{ left: 52, right: 20, top: 26, height: 204 }, { left: 52, right: 20, top: 264, bottom: 92 }]
        : { left: 52, right: 20, top: 26, bottom: 92 },
      legend: { bottom: 0, type: 'scroll', textStyle: { color: cssColor('--ink') } },
      axisPointer: both ? { link: [{ xAxisIndex: 'all' }] } : undefined,
      tooltip: {
        ...tooltipLook(),
        trigger: 'axis',
        formatter: (params) => tip('LR ' + rate(scale.rateAt(params[0].value[0])), params
          .filter((one) => isNumber(one.value[1]))
          .map((one) => ({ color: one.color, text: one.seriesName + ' ' + (one.axisIndex === 1 ? percent : loss)(one.value[1]) })), 0),
      },
      toolbox: zoomTools(),
      dataZoom: zoomSlider(36).map((slider) => ({ ...slider, xAxisIndex: both ? [0, 1] : 0 })),
      xAxis: both ? [{ ...xAxis, name: undefined, axisLabel: { show: false } }, { ...xAxis, gridIndex: 1 }] : xAxis,
      yAxis: both ? [lossY, { ...axis({ name: 'accuracy', ...accuracyAxis([]) }), gridIndex: 1 }] : lossY,
      series: both ? [...ofLoss, ...ofAccuracy()] : ofLoss,
    };
  }

  // Smith's form of the test is read off the accuracy; of the other one it is there for who asks.
  function addFinderChart() {
    const box = byId('finder-accuracy');
    box.checked = data.finder.linear && data.finder.accuracy !== null;
    byId('finder-accuracy-line').hidden = data.finder.accuracy === null;
    const fit = () => {
      const what = showAccuracy() ? 'Loss and accuracy by learning rate' : 'Loss by learning rate';
      byId('finder-caption').textContent = what;
      byId('finder-chart').setAttribute('aria-label', what);
      byId('finder-chart').classList.toggle('two', showAccuracy());
    };
    fit();
    const chart = addChart('finder-chart', finderOption);
    box.addEventListener('change', () => {
      fit();
      draw(chart);
    });
  }

  // Lines of trials, the best on top.

  const trialLines = (points) => trials
    .map((trial, rank) => ({ trial, rank }))
    .filter(({ trial }) => shown.has(trial.id))
    .reverse()
    .map(({ trial, rank }) => line(trial.id, points(trial), looks(rank), rank));

  const all = (values) => sorted(trials.flatMap(values));

  function epochOption(key, format, highFirst) {
    const values = all((trial) => trial.epochs[key]);
    const last = Math.max(1, ...trials.flatMap((trial) => trial.epochs.epoch));
    return lineOption({
      xName: 'epoch',
      format,
      highFirst,
      series: trialLines((trial) => trial.epochs.epoch.map((epoch, i) => [epoch, trial.epochs[key][i]])),
      xAxis: { min: 1, max: Math.max(2, last) },
      yAxis: key === 'valMetric' && metric.fraction ? accuracyAxis(values) : lossAxis(values),
    });
  }

  const stepsOf = (key) => (trial) => trial.steps[key + 'Step'].map((step, i) => [step, trial.steps[key][i]]);

  const allSteps = () => ({ min: 0, max: Math.max(1, ...trials.map((trial) => trial.steps.last)) });

  function lrOption() {
    return lineOption({
      xName: 'step', format: rate, highFirst: true, zoom: true, series: trialLines(stepsOf('lr')), xAxis: allSteps(),
      yAxis: { type: 'value', min: 0, axisLabel: { formatter: (value) => (value === 0 ? '0' : String(Number(value.toPrecision(6)))) } },
    });
  }

  function stepLossOption() {
    return lineOption({
      xName: 'step', format: loss, highFirst: false, zoom: true, series: trialLines(stepsOf('loss')), xAxis: allSteps(),
      yAxis: lossAxis(all((trial) => trial.steps.loss)),
    });
  }

  // Trials as lines across parallel axes: one for each parameter that differs, the metric last.

  const FEWEST_FOR_PARAMETERS = 5;
  const PARAMETERS = [
    { name: 'policy', value: (trial) => trial.policy },
    { name: 'range by', value: (trial) => trial.rangeMethod ?? 'configuration' },
    { name: 'step size, epochs', value: (trial) => trial.stepSizeEpochs },
    { name: 'lowest rate', value: (trial) => trial.baseLr, rate: true },
    { name: 'highest rate', value: (trial) => trial.maxLr, rate: true },
    { name: 'batch', value: (trial) => trial.batchSize },
    { name: 'epochs', value: (trial) => trial.epochCount },
    { name: 'seed', value: (trial) => trial.seed },
  ];
  const measuredTrials = trials.filter((trial) => trial.bestValue !== null);
  const differing = PARAMETERS.filter(({ value }) => new Set(trials.map(value)).size > 1);

  // Few values stand evenly, so that lines don't run into each other; many rates on a log axis.
  function parallelAxis({ name, value, rate: isRate }, dim) {
    const values = [...new Set(trials.map(value))].sort((a, b) => (typeof a === 'string' ? a.localeCompare(b, 'en', { numeric: true }) : a - b));
    const look = axisLook(dim, name);
    if (typeof values[0] === 'string' || values.length <= 12) {
      return { ...look, type: 'category', data: values.map((one) => (isRate ? rate(one) : String(one))), place: (one) => values.indexOf(one) };
    }
    const label = { ...look.axisLabel, formatter: rate };
    const logarithmic = isRate && values[0] > 0;
    return { ...look, type: logarithmic ? 'log' : 'value', min: values[0], max: values[values.length - 1], axisLabel: label, place: (one) => one };
  }

  // Labels stand above the lines, with a rim that sets them off.
  const axisLook = (dim, name) => ({
    dim,
    name,
    z: 50,
    nameTextStyle: { color: cssColor('--ink') },
    axisLabel: { color: cssColor('--ink'), textBorderColor: cssColor('--card'), textBorderWidth: 4, hideOverlap: true },
  });

  function parametersOption() {
    const measured = sorted(measuredTrials.map((trial) => trial.bestValue));
    const axes = differing.map(parallelAxis);
    const faint = dark.matches ? '#4a525c' : '#d3d9e0';
    const lines = measuredTrials.map((trial) => {
      const look = shown.has(trial.id) ? looks(trial.rank - 1) : { color: faint, width: 1, dashed: false };
      return {
        name: trial.id,
        type: 'parallel',
        z: shown.has(trial.id) ? 2 + Math.max(0, DISTINCT - trial.rank) : 1,
        lineStyle: { color: look.color, width: look.width, opacity: 1, type: look.dashed ? 'dashed' : 'solid' },
        itemStyle: { color: look.color },
        emphasis: { lineStyle: { width: 4 } },
        data: [{ name: trial.id, value: [...differing.map(({ value }, i) => axes[i].place(value(trial))), trial.bestValue] }],
      };
    });
    return {
      parallel: { left: 60, right: 70, top: 44, bottom: 24, parallelAxisDefault: { nameLocation: 'end', nameGap: 18, axisLine: { lineStyle: { color: cssColor('--faint') } } } },
      parallelAxis: [...axes.map(({ place, ...one }) => one), {
        ...axisLook(axes.length, 'best ' + metric.title),
        type: 'value',
        inverse: !metric.highFirst,
        min: measured[0],
        max: measured[measured.length - 1],
        axisLabel: { ...axisLook().axisLabel, formatter: metric.show },
      }],
      tooltip: {
        ...tooltipLook(),
        trigger: 'item',
        formatter: ({ seriesName, color }) => {
          const trial = trials.find((one) => one.id === seriesName);
          const parts = differing.map(({ name, value, rate: isRate }) => name + ' ' + (isRate ? rate(value(trial)) : value(trial)));
          return tip(seriesName, [{ color, text: metric.title + ' ' + metric.show(trial.bestValue) }, ...parts.map((text) => ({ color: 'transparent', text }))], 0);
        },
      },
      series: lines,
    };
  }

  function addParametersChart() {
    if (measuredTrials.length < FEWEST_FOR_PARAMETERS || differing.length === 0) return;
    byId('parameters-figure').hidden = false;
    addChart('parameters-chart', parametersOption);
  }

  // The page's parts.

  function fillHeader() {
    const run = data;
    document.title = run.runId + ' · LRSweep report';
    byId('run-id').append(run.runId);
    byId('run-line').append(badge(run.status), ' ' + run.startedAt.replace('T', ' ').replace(/\.\d+Z|Z/, ' UTC')
      + (run.durationMs === null ? '' : ', ' + minutes(run.durationMs)) + ', ' + run.dataset);
  }

  function fillMetric() {
    document.querySelectorAll('.metric').forEach((place) => { place.textContent = metric.title; });
    byId('accuracy-chart').setAttribute('aria-label', 'Validation ' + metric.title + ' by epoch');
    byId('metric-order').textContent = metric.highFirst ? 'highest' : 'lowest';
  }

  function fillSummary() {
    const chosen = data.suggestions.find((one) => one.selected);
    const best = bestTrial();
    const cards = [];
    if (chosen) cards.push(card('Learning rates', rate(chosen.minLr) + ' to ' + rate(chosen.maxLr), 'by ' + chosen.method));
    if (best) {
      cards.push(card('Best validation ' + metric.title, metric.show(best.bestValue), best.id + ', epoch ' + best.bestEpoch));
      if (best.testValue !== null) cards.push(card('Its test ' + metric.title, metric.show(best.testValue), 'with the chosen weights, looked at once'));
      cards.push(card('Best schedule', best.policy, best.baseLr === best.maxLr || best.policy === 'one_cycle' ? rate(best.maxLr) : 'step size ' + best.stepSizeEpochs + ' epochs'));
    }
    if (trials.length > 0) {
      const stopped = trials.filter((trial) => trial.status === 'STOPPED').length;
      const lost = trials.filter((trial) => trial.status !== 'COMPLETED').length - stopped;
      const others = [stopped === 0 ? '' : stopped + ' stopped', lost === 0 ? '' : lost + ' diverged or failed'].filter((part) => part !== '');
      cards.push(card('Trials', count(trials.length), others.length === 0 ? 'all completed' : others.join(', ')));
    }
    if (cards.length === 0) cards.push(card('Results', 'none yet', 'this run has neither a finder nor trials'));
    byId('summary').append(...cards);
  }

  function fillFinder() {
    if (data.finder === null) return;
    byId('finder').hidden = false;
    const chosen = data.suggestions.find((one) => one.selected);
    byId('finder-line').append(data.finder.extent + (chosen ? '. The shaded range was chosen: ' + chosen.reason : ''));
    if (data.finder.lr.length > 0) {
      addFinderChart();
    } else {
      byId('finder-figure').hidden = true;
    }
    if (data.suggestions.length > 0) {
      sortableTable(byId('suggestions'), [
        { title: 'method', text: true, value: (row) => row.method, show: (row) => row.method },
        { title: 'answer', value: (row) => row.lr ?? row.minLr, show: (row) => (row.lr !== null ? rate(row.lr) : row.minLr !== null ? rate(row.minLr) + ' to ' + rate(row.maxLr) : '-') },
        { title: 'why', text: true, long: true, show: (row) => row.reason },
      ], data.suggestions, { marked: (row) => row.selected });
    }
  }

  function fillConfirm() {
    if (data.confirm.length === 0) return;
    byId('finder').hidden = false;
    byId('confirm').hidden = false;
    sortableTable(byId('confirm-table'), [
      { title: 'cycle', value: (row) => row.cycle, show: (row) => count(row.cycle) },
      { title: 'upper bound', value: (row) => row.maxLr, show: (row) => rate(row.maxLr) },
      { title: 'steps', value: (row) => row.steps, show: (row) => count(row.steps) },
      { title: 'validation loss', value: (row) => row.valLoss, show: (row) => loss(row.valLoss) },
      { title: 'why', text: true, long: true, show: (row) => row.reason },
    ], data.confirm, { marked: (row) => row.kept });
  }

  function fillTrials() {
    if (trials.length === 0) return;
    byId('trials').hidden = false;
    const boxes = new Map();
    const best = bestTrial();
    const box = (trial) => {
      if (!boxes.has(trial.id)) {
        const made = element('input');
        made.type = 'checkbox';
        made.checked = shown.has(trial.id);
        made.setAttribute('aria-label', 'show ' + trial.id);
        made.addEventListener('change', () => {
          if (made.checked) shown.add(trial.id); else shown.delete(trial.id);
          trialCharts().forEach(redrawLines);
        });
        boxes.set(trial.id, made);
      }
      return boxes.get(trial.id);
    };
    const named = (trial) => element('span', '', swatch(looks(trial.rank - 1)), trial.id);
    const number = (title, key, show, bestFirst) => ({ title, bestFirst, value: (row) => row[key], show: (row) => show(row[key]) });
    const columns = [
      { title: 'shown', text: true, show: box },
      number('rank', 'rank', plain),
      { title: 'trial', text: true, value: (row) => row.id, show: named },
      number('best ' + metric.title, 'bestValue', metric.show, metric.first),
      number('at epoch', 'bestEpoch', plain),
      { title: 'status', text: true, value: (row) => row.status, show: (row) => badge(row.status) },
      number('final ' + metric.title, 'finalValue', metric.show, metric.first),
      number('final loss', 'finalValLoss', loss),
      { ...number('policy', 'policy', plain), text: true },
      number('step size, epochs', 'stepSizeEpochs', plain),
      { title: 'learning rates', value: (row) => row.maxLr, show: (row) => rate(row.baseLr) + ' to ' + rate(row.maxLr) },
      number('batch', 'batchSize', plain),
      number('epochs', 'epochCount', plain),
      number('seed', 'seed', plain),
      number('time', 'durationMs', minutes),
    ];
    if (trials.some((trial) => trial.testValue !== null)) {
      columns.push(number('test ' + metric.title, 'testValue', metric.show, metric.first), number('test loss', 'testLoss', loss));
    }
    if (trials.some((trial) => trial.rangeMethod !== null)) {
      columns.push({ title: 'range by', text: true, value: (row) => row.rangeMethod, show: (row) => row.rangeMethod ?? 'configuration' });
    }
    if (trials.some((trial) => trial.error !== null)) {
      columns.push({ title: 'error', text: true, long: true, value: (row) => row.error, show: (row) => row.error ?? '' });
    }
    const fill = () => sortableTable(byId('trial-table'), columns, trials, {
      sortBy: 1,
      marked: (row) => row === best,
      line: (line, row) => {
        line.addEventListener('mouseenter', () => highlight(row.id, 'highlight'));
        line.addEventListener('mouseleave', () => highlight(row.id, 'downplay'));
      },
    });
    fill();
    dark.addEventListener('change', fill);

    const choose = (title, chosen) => {
      const button = element('button', '', title);
      button.type = 'button';
      button.addEventListener('click', () => {
        shown.clear();
        chosen.forEach((trial) => shown.add(trial.id));
        boxes.forEach((made, id) => { made.checked = shown.has(id); });
        trialCharts().forEach(redrawLines);
      });
      return button;
    };
    if (trials.length > 1) {
      byId('show-buttons').append(choose('Show all', trials), choose('Only the best', trials.slice(0, 1)),
        ...(trials.length > 5 ? [choose('Best 5', trials.slice(0, 5))] : []), choose('None', []));
    }
    addParametersChart();
  }

  function fillWeights() {
    if (data.weights.length === 0) return;
    byId('weights').hidden = false;
    sortableTable(byId('weights-table'), [
      { title: 'trial', text: true, value: (row) => row.trialId, show: (row) => row.trialId },
      { title: 'weights', text: true, value: (row) => row.weights, show: (row) => row.weights },
      { title: 'of', value: (row) => row.members, show: (row) => count(row.members) },
      { title: metric.title, bestFirst: metric.first, value: weighed, show: (row) => metric.show(weighed(row)) },
      { title: 'loss', value: (row) => row.valLoss, show: (row) => loss(row.valLoss) },
    ], data.weights, { marked: (row) => row.chosen });
  }

  function highlight(id, type) {
    trialCharts().forEach((chart) => {
      if (shown.has(id)) chart.instance.dispatchAction({ type, seriesName: id });
    });
  }

  function fillCurves() {
    if (trials.some((trial) => trial.epochs.epoch.length > 0)) {
      byId('curves').hidden = false;
      addChart('accuracy-chart', () => epochOption('valMetric', metric.show, metric.highFirst));
      addChart('val-loss-chart', () => epochOption('valLoss', loss, false));
      addChart('train-loss-chart', () => epochOption('trainLoss', loss, false));
    }
    if (trials.some((trial) => trial.steps.lr.length > 0)) {
      byId('steps').hidden = false;
      const stride = Math.max(...trials.map((trial) => trial.steps.stride));
      byId('steps-line').append(stride > 1
        ? 'A point of the loss is the mean of ' + count(stride) + ' steps. The slider, or the tools on the right, zoom.'
        : 'The slider, or the tools on the right, zoom.');
      addChart('lr-chart', lrOption);
      addChart('step-loss-chart', stepLossOption);
    }
  }

  function fillClasses() {
    const known = trials.filter((trial) => trial.classes.length > 0 || trial.confusion !== null);
    if (known.length === 0) return;
    byId('classes').hidden = false;
    const select = byId('class-trial');
    known.forEach((trial) => {
      const option = element('option', '', trial.id + (trial.rank === 1 ? ' (best)' : ''));
      option.value = trial.id;
      select.append(option);
    });
    const fill = () => {
      const trial = known.find((one) => one.id === select.value);
      fillClassTable(trial);
      fillConfusion(trial);
    };
    select.addEventListener('change', fill);
    fill();
  }

  function fillClassTable(trial) {
    const metric = (title, key) => ({ title, bestFirst: 'high', value: (row) => row[key], show: (row) => percent(row[key]) });
    sortableTable(byId('class-table'), [
      { title: 'class', text: true, value: (row) => row.id, show: (row) => row.name },
      metric('precision', 'precision'),
      metric('recall', 'recall'),
      metric('F1', 'f1'),
      { title: 'examples', value: (row) => row.support, show: (row) => count(row.support) },
    ], trial.classes, { sortBy: 0 });
  }

  function fillConfusion(trial) {
    const matrix = trial.confusion;
    ['confusion', 'confusion-title', 'confusion-note'].forEach((id) => { byId(id).hidden = matrix === null; });
    if (matrix === null) return;
    const names = matrix.map((row, i) => trial.classes.find((one) => one.id === i)?.name ?? String(i));
    const head = element('tr', '', element('th', 'text', 'actual \\ predicted'), ...names.map((name) => element('th', '', name)));
    const lines = matrix.map((row, actual) => {
      const sum = row.reduce((a, b) => a + b, 0);
      return element('tr', '', element('th', 'text', names[actual]), ...row.map((number, predicted) => {
        const cell = element('td', '', count(number));
        const share = sum === 0 ? 0 : number / sum;
        // Errors are few: a tenth of the row has the full shade.
        const shade = actual === predicted ? 0.65 * share : Math.min(0.8, 8 * share);
        cell.style.backgroundColor = 'rgba(var(' + (actual === predicted ? '--right' : '--wrong') + '), ' + shade.toFixed(3) + ')';
        cell.title = count(number) + ' of ' + count(sum) + ' of class ' + names[actual] + ' taken for ' + names[predicted];
        return cell;
      }));
    });
    byId('confusion').replaceChildren(element('thead', '', head), element('tbody', '', ...lines));
  }

  function fillOrigin() {
    data.facts.forEach(([name, value]) => byId('facts').append(element('dt', '', name), element('dd', '', value)));
    let configuration = data.configuration;
    try {
      configuration = JSON.stringify(JSON.parse(configuration), null, 2);
    } catch (e) {
      // Shown as it is.
    }
    byId('configuration').append(configuration);
  }

  fillHeader();
  fillMetric();
  fillSummary();
  fillFinder();
  fillConfirm();
  fillTrials();
  fillWeights();
  fillCurves();
  fillClasses();
  fillOrigin();
})();

'use strict';

(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const trials = data.trials;
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const narrow = window.matchMedia('(max-width: 760px)');
  const DISTINCT = 16;
  const COLORS = {
    light: ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#7f3c8d', '#4d4d4d'],
    dark: ['#5db4ea', '#ff8b3d', '#2fc79a', '#e39bc3', '#f2b632', '#9bd3f5', '#c08bd0', '#d0d4d9'],
  };
  const MARKS = ['diamond', 'circle', 'triangle', 'rect', 'pin', 'arrow'];
  const shown = new Set(trials.slice(0, DISTINCT).map((trial) => trial.id));

  // Numbers and elements. Text goes in as text, never as markup.

  const isNumber = (value) => typeof value === 'number' && Number.isFinite(value);
  const trim = (text) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
  const rate = (value) => {
    if (!isNumber(value)) return '-';
    if (value === 0) return '0';
    const [mantissa, exponent] = value.toExponential(2).split('e');
    if (Number(exponent) >= -2 && Number(exponent) <= 3) return String(Number(value.toPrecision(3)));
    return trim(mantissa) + 'e' + Number(exponent);
  };
  const percent = (value) => (isNumber(value) ? (100 * value).toFixed(2) + ' %' : '-');
  const loss = (value) => (isNumber(value) ? value.toFixed(4) : '-');
  const count = (value) => (isNumber(value) ? value.toLocaleString('en') : '-');
  const plain = (value) => (value === null || value === undefined ? '-' : String(value));
  const minutes = (ms) => {
    if (!isNumber(ms)) return '-';
    const seconds = Math.round(ms / 1000);
    if (seconds < 60) return seconds + ' s';
    if (seconds < 3600) return Math.floor(seconds / 60) + ' min ' + (seconds % 60) + ' s';
    return Math.floor(seconds / 3600) + ' h ' + Math.floor((seconds % 3600) / 60) + ' min';
  };
  const byId = (id) => document.getElementById(id);
  const element = (name, className, ...children) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children.filter((child) => child !== null && child !== undefined));
    return made;
  };
  const cssColor = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const sorted = (values) => values.filter(isNumber).sort((a, b) => a - b);

  const looks = (rank) => {
    if (rank >= DISTINCT) return { color: dark.matches ? '#59616b' : '#c3c9d0', dashed: false, width: 1 };
    const palette = dark.matches ? COLORS.dark : COLORS.light;
    return { color: palette[rank % palette.length], dashed: rank >= palette.length, width: 2 };
  };

  // Tables that sort when a heading is clicked; what is missing stays last.

  function sortableTable(table, columns, rows, options) {
    const state = { column: options.sortBy ?? null, descending: false };
    const body = element('tbody');
    const headings = columns.map((column, index) => {
      const button = element('button', '', column.title);
      button.type = 'button';
      button.addEventListener('click', () => {
        const first = column.bestFirst === 'high';
        state.descending = state.column === index ? !state.descending : first;
        state.column = index;
        fill();
      });
      const heading = element('th', column.text ? 'text' : '', column.value ? button : column.title);
      heading.scope = 'col';
      return heading;
    });

    function fill() {
      headings.forEach((heading, index) => {
        if (index === state.column) {
          heading.setAttribute('aria-sort', state.descending ? 'descending' : 'ascending');
        } else {
          heading.removeAttribute('aria-sort');
        }
      });
      const ordered = [...rows];
      if (state.column !== null) {
        const value = columns[state.column].value;
        const missing = (row) => value(row) === null || value(row) === undefined;
        const sign = state.descending ? -1 : 1;
        ordered.sort((a, b) => {
          if (missing(a) || missing(b)) return missing(a) - missing(b);
          const [x, y] = [value(a), value(b)];
          return sign * (typeof x === 'string' ? x.localeCompare(y, 'en', { numeric: true }) : x - y);
        });
      }
      body.replaceChildren(...ordered.map((row) => {
        const line = element('tr', options.marked?.(row) ? 'marked' : '');
        columns.forEach((column) => {
          const cell = element('td', [column.text ? 'text' : '', column.long ? 'long' : ''].join(' ').trim());
          cell.append(column.show(row));
          line.append(cell);
        });
        options.line?.(line, row);
        return line;
      }));
    }

    table.replaceChildren(element('thead', '', element('tr', '', ...headings)), body);
    fill();
  }

  // Charts: each is built again when the colour scheme changes.

  const charts = [];
  window.lrsweepCharts = charts;

  function addChart(id, option) {
    const chart = { id, option, instance: null };
    charts.push(chart);
    draw(chart);
    new ResizeObserver(() => chart.instance.resize()).observe(byId(id));
  }

  function draw(chart) {
    chart.instance?.dispose();
    chart.instance = echarts.init(byId(chart.id), dark.matches ? 'dark' : null);
    chart.instance.setOption({ backgroundColor: 'transparent', animation: false, ...chart.option() });
  }

  function redrawTrialCharts() {
    charts.filter((chart) => chart.id !== 'finder-chart').forEach((chart) => {
      chart.instance.setOption({ series: chart.option().series }, { replaceMerge: ['series'] });
    });
  }

  const axis = (more) => ({
    axisLine: { lineStyle: { color: cssColor('--line') } },
    axisTick: { show: false },
    axisLabel: { color: cssColor('--faint'), hideOverlap: true, ...(more.axisLabel ?? {}) },
    nameTextStyle: { color: cssColor('--faint') },
    splitLine: { lineStyle: { color: cssColor('--line') } },
    ...Object.fromEntries(Object.entries(more).filter(([key]) => key !== 'axisLabel')),
  });

  const below = (name) => ({ name, nameLocation: 'middle', nameGap: 28 });

  function tip(head, lines, rest) {
    const box = element('div', 'tip', element('div', 'head', head));
    lines.forEach(({ color, text }) => {
      const dot = element('span', '', '● ');
      dot.style.color = color;
      box.append(element('div', '', dot, text));
    });
    if (rest > 0) box.append(element('div', '', 'and ' + rest + ' more'));
    return box;
  }

  const tooltipLook = () => ({
    confine: true,
    backgroundColor: cssColor('--card'),
    borderColor: cssColor('--line'),
    textStyle: { color: cssColor('--ink') },
  });

  // The finder.

  function finderOption() {
    const finder = data.finder;
    const points = (values) => finder.lr.map((lr, i) => [Math.log10(lr), values[i]]);
    const others = data.suggestions.filter((one) => !one.selected && (one.lr !== null || one.minLr !== null));
    const nearest = (lr) => {
      let best = 0;
      finder.lr.forEach((other, i) => {
        if (Math.abs(Math.log(other / lr)) < Math.abs(Math.log(finder.lr[best] / lr))) best = i;
      });
      return Math.min(finder.highestLoss, Math.max(finder.lowestLoss, finder.smoothed[best] ?? finder.highestLoss));
    };
    const chosen = data.suggestions.find((one) => one.selected);
    const band = chosen ? {
      silent: true,
      itemStyle: { color: dark.matches ? 'rgba(60, 170, 110, .2)' : '#e0f1df' },
      data: [[{ xAxis: Math.log10(chosen.minLr) }, { xAxis: Math.log10(chosen.maxLr) }]],
    } : undefined;
    const accent = cssColor('--accent');
    const raw = dark.matches ? '#4a525c' : '#c3ccd8';
    const palette = (dark.matches ? COLORS.dark : COLORS.light).slice(1);
    return {
      grid: { left: 52, right: 20, top: 26, bottom: 92 },
      legend: { bottom: 0, type: 'scroll', textStyle: { color: cssColor('--ink') } },
      tooltip: {
        ...tooltipLook(),
        trigger: 'axis',
        formatter: (params) => tip('LR ' + rate(10 ** params[0].value[0]), params
          .filter((one) => isNumber(one.value[1]))
          .map((one) => ({ color: one.color, text: one.seriesName + ' ' + loss(one.value[1]) })), 0),
      },
      toolbox: zoomTools(),
      dataZoom: zoomSlider(36),
      xAxis: axis({
        ...below('learning rate (log scale)'),
        type: 'value',
        min: Math.floor(Math.log10(finder.lr[0])),
        max: Math.log10(finder.lr[finder.lr.length - 1]),
        interval: narrow.matches ? 2 : 1,
        axisLabel: {
          formatter: (value) => (Math.abs(value - Math.round(value)) < 1e-6 ? '1e' + Math.round(value) : ''),
        },
      }),
      yAxis: axis({
        type: 'value',
        min: finder.lowestLoss,
        max: finder.highestLoss,
        axisLabel: { formatter: rate, showMinLabel: false, showMaxLabel: false },
      }),
      series: [
        { name: 'loss of each step', type: 'line', zlevel: 0, data: points(finder.loss), showSymbol: false, lineStyle: { width: 1, color: raw }, itemStyle: { color: raw } },
        { name: 'smoothed loss', type: 'line', zlevel: 0, data: points(finder.smoothed), showSymbol: false, lineStyle: { width: 2.5, color: accent }, itemStyle: { color: accent }, markArea: band },
        ...others.map((one, i) => {
          const rates = one.lr !== null ? [one.lr] : [one.minLr, one.maxLr];
          return {
            name: one.method + ' ' + rates.map(rate).join(' to '),
            type: 'scatter',
            symbol: MARKS[i % MARKS.length],
            symbolSize: 13,
            itemStyle: { color: palette[i % palette.length] },
            z: 5,
            data: rates.map((lr) => [Math.log10(lr), nearest(lr)]),
          };
        }),
      ],
    };
  }

  const zoomTools = () => ({
    right: 8,
    top: -4,
    feature: { dataZoom: { yAxisIndex: 'none', title: { zoom: 'zoom in', back: 'back' } }, restore: { title: 'whole' } },
    iconStyle: { borderColor: cssColor('--faint') },
  });

  const zoomSlider = (bottom) => [{ type: 'slider', height: 16, bottom, showDetail: false, brushSelect: false, filterMode: 'none' }];

  // Lines of trials.

  function trialLines(points, decorate) {
    return trials
      .map((trial, rank) => ({ trial, rank }))
      .filter(({ trial }) => shown.has(trial.id))
      .reverse()
      .map(({ trial, rank }) => {
        const look = looks(rank);
        const values = points(trial);
        return {
          name: trial.id,
          type: 'line',
          data: values,
          showSymbol: values.length === 1,
          symbol: 'circle',
          zlevel: 0, // ECharts 5.3 forgets this default when a point is pointed at
          z: 2 + (DISTINCT - Math.min(rank, DISTINCT)),
          lineStyle: { width: look.width, color: look.color, type: look.dashed ? 'dashed' : 'solid' },
          itemStyle: { color: look.color },
          emphasis: { focus: 'series', lineStyle: { width: 3.5 } },
          ...(decorate ?? {}),
        };
      });
  }

  function trialOption({ xName, format, points, yAxis, highFirst, zoom, whole }) {
    return {
      grid: { left: 60, right: 20, top: zoom ? 26 : 14, bottom: zoom ? 76 : 48 },
      toolbox: zoom ? zoomTools() : undefined,
      dataZoom: zoom ? zoomSlider(6) : undefined,
      tooltip: {
        ...tooltipLook(),
        trigger: 'axis',
        formatter: (params) => {
          const found = params.filter((one) => isNumber(one.value[1]));
          found.sort((a, b) => (highFirst ? b.value[1] - a.value[1] : a.value[1] - b.value[1]));
          const lines = found.slice(0, 12).map((one) => ({ color: one.color, text: one.seriesName + ' ' + format(one.value[1]) }));
          return tip(xName + ' ' + count(params[0].value[0]), lines, found.length - lines.length);
        },
      },
      xAxis: axis({ ...below(xName), type: 'value', minInterval: 1, ...whole }),
      yAxis: axis(yAxis),
      series: trialLines(points),
    };
  }

  const all = (values) => sorted(trials.flatMap(values));

  function epochOption(key, format, highFirst) {
    const values = all((trial) => trial.epochs[key]);
    const last = Math.max(1, ...trials.flatMap((trial) => trial.epochs.epoch));
    return trialOption({
      xName: 'epoch',
      format,
      highFirst,
      points: (trial) => trial.epochs.epoch.map((epoch, i) => [epoch, trial.epochs[key][i]]),
      whole: { min: 1, max: Math.max(2, last) },
      yAxis: highFirst ? accuracyAxis(values) : lossAxis(values),
    });
  }

  function accuracyAxis(values) {
    const label = { formatter: (value) => trim((100 * value).toFixed(1)) + ' %', showMinLabel: false, showMaxLabel: false };
    if (values.length === 0) return { type: 'value', min: 0, max: 1, axisLabel: label };
    const high = values[values.length - 1];
    const usual = high - values[Math.floor(values.length / 2)];
    const low = usual > 0 ? Math.max(values[0], high - 8 * usual) : values[0];
    const margin = Math.max(0.005, 0.05 * (high - low));
    return { type: 'value', min: Math.max(0, low - margin), max: Math.min(1, high + margin), axisLabel: label };
  }

  function lossAxis(values) {
    if (values.length === 0) return { type: 'value', min: 0, max: 1 };
    const high = values[values.length - 1];
    const cut = 4 * values[Math.floor(values.length / 2)];
    return {
      type: 'value',
      min: 0,
      max: high > cut && cut > 0 ? cut : undefined,
      axisLabel: { formatter: rate, showMaxLabel: !(high > cut) },
    };
  }

  const stepsOf = (key) => (trial) => trial.steps[key + 'Step'].map((step, i) => [step, trial.steps[key][i]]);

  const allSteps = () => ({ min: 0, max: Math.max(1, ...trials.map((trial) => trial.steps.last)) });

  function lrOption() {
    return trialOption({
      xName: 'step', format: rate, highFirst: true, zoom: true, points: stepsOf('lr'), whole: allSteps(),
      yAxis: { type: 'value', min: 0, axisLabel: { formatter: (value) => (value === 0 ? '0' : String(Number(value.toPrecision(6)))) } },
    });
  }

  function stepLossOption() {
    return trialOption({
      xName: 'step', format: loss, highFirst: false, zoom: true, points: stepsOf('loss'), whole: allSteps(),
      yAxis: lossAxis(all((trial) => trial.steps.loss)),
    });
  }

  // The page's parts.

  const badge = (status) => element('span', 'badge ' + status.toLowerCase(), status);

  function fillHeader() {
    const run = data.run;
    document.title = run.runId + ' · LRSweep report';
    byId('run-id').append(run.runId);
    byId('run-line').append(badge(run.status), ' ' + run.startedAt.replace('T', ' ').replace(/\.\d+Z|Z/, ' UTC')
      + (run.durationMs === null ? '' : ', ' + minutes(run.durationMs)) + ', ' + run.dataset);
  }

  function card(name, value, detail) {
    return element('div', 'card', element('div', 'name', name), element('div', 'value', value),
      element('div', 'detail', detail));
  }

  function fillSummary() {
    const chosen = data.suggestions.find((one) => one.selected);
    const best = trials.find((trial) => trial.bestValAccuracy !== null);
    const cards = [];
    if (chosen) cards.push(card('Learning rates', rate(chosen.minLr) + ' to ' + rate(chosen.maxLr), 'by ' + chosen.method));
    if (best) {
      cards.push(card('Best validation accuracy', percent(best.bestValAccuracy), best.id + ', epoch ' + best.bestEpoch));
      cards.push(card('Best schedule', best.policy, 'step size ' + best.stepSizeEpochs + ' epochs'));
    }
    if (trials.length > 0) {
      const lost = trials.filter((trial) => trial.status !== 'COMPLETED').length;
      cards.push(card('Trials', count(trials.length), lost === 0 ? 'all completed' : lost + ' diverged or failed'));
    }
    if (cards.length === 0) cards.push(card('Results', 'none yet', 'this run has neither a finder nor trials'));
    byId('summary').append(...cards);
  }

  function fillFinder() {
    if (data.finder === null) return;
    byId('finder').hidden = false;
    const chosen = data.suggestions.find((one) => one.selected);
    byId('finder-line').append(data.finder.extent + (chosen ? '. The shaded range was chosen: ' + chosen.reason + '.' : '.'));
    if (data.finder.lr.length > 0) {
      addChart('finder-chart', finderOption);
    } else {
      byId('finder-chart').hidden = true;
    }
    if (data.suggestions.length > 0) {
      sortableTable(byId('suggestions'), [
        { title: 'method', text: true, value: (row) => row.method, show: (row) => row.method },
        { title: 'answer', value: (row) => row.lr ?? row.minLr, show: (row) => (row.lr !== null ? rate(row.lr) : row.minLr !== null ? rate(row.minLr) + ' to ' + rate(row.maxLr) : '-') },
        { title: 'why', text: true, long: true, show: (row) => row.reason },
      ], data.suggestions, { marked: (row) => row.selected });
    }
  }

  function fillTrials() {
    if (trials.length === 0) return;
    byId('trials').hidden = false;
    const boxes = new Map();
    const best = trials[0].bestValAccuracy !== null ? trials[0] : null;
    const box = (trial) => {
      if (!boxes.has(trial.id)) {
        const made = element('input');
        made.type = 'checkbox';
        made.checked = shown.has(trial.id);
        made.setAttribute('aria-label', 'show ' + trial.id);
        made.addEventListener('change', () => {
          if (made.checked) shown.add(trial.id); else shown.delete(trial.id);
          redrawTrialCharts();
        });
        boxes.set(trial.id, made);
      }
      return boxes.get(trial.id);
    };
    const named = (trial) => {
      const look = looks(trial.rank - 1);
      const swatch = element('span', look.dashed ? 'swatch dashed' : 'swatch');
      swatch.style.borderTopColor = look.color;
      return element('span', '', swatch, trial.id);
    };
    const number = (title, key, show, bestFirst) => ({ title, bestFirst, value: (row) => row[key], show: (row) => show(row[key]) });
    const columns = [
      { title: '', text: true, show: box },
      number('rank', 'rank', plain),
      { title: 'trial', text: true, value: (row) => row.id, show: named },
      number('best accuracy', 'bestValAccuracy', percent, 'high'),
      number('at epoch', 'bestEpoch', plain),
      { title: 'status', text: true, value: (row) => row.status, show: (row) => badge(row.status) },
      number('final accuracy', 'finalValAccuracy', percent, 'high'),
      number('final loss', 'finalValLoss', loss),
      { ...number('policy', 'policy', plain), text: true },
      number('step size, epochs', 'stepSizeEpochs', plain),
      { title: 'learning rates', value: (row) => row.maxLr, show: (row) => rate(row.baseLr) + ' to ' + rate(row.maxLr) },
      number('batch', 'batchSize', plain),
      number('epochs', 'epochCount', plain),
      number('seed', 'seed', plain),
      number('time', 'durationMs', minutes),
    ];
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
        redrawTrialCharts();
      });
      return button;
    };
    if (trials.length > 1) {
      byId('show-buttons').append(choose('Show all', trials), choose('Only the best', trials.slice(0, 1)),
        ...(trials.length > 5 ? [choose('Best 5', trials.slice(0, 5))] : []), choose('None', []));
    }
  }

  function highlight(id, type) {
    charts.filter((chart) => chart.id !== 'finder-chart').forEach((chart) => {
      if (shown.has(id)) chart.instance.dispatchAction({ type, seriesName: id });
    });
  }

  function fillCurves() {
    if (trials.some((trial) => trial.epochs.epoch.length > 0)) {
      byId('curves').hidden = false;
      addChart('accuracy-chart', () => epochOption('valAccuracy', percent, true));
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
  fillSummary();
  fillFinder();
  fillTrials();
  fillCurves();
  fillClasses();
  fillOrigin();
  dark.addEventListener('change', () => charts.forEach(draw));
  narrow.addEventListener('change', () => charts.forEach(draw));
})();

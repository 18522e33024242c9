'use strict';

// What the pages share. Names that end up on the page go in as text, never as markup.
const lrsweep = (() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const scheme = window.matchMedia('(prefers-color-scheme: dark)');
  let printing = false;
  // Paper is white.
  const dark = {
    get matches() { return scheme.matches && !printing; },
    addEventListener: (type, listener) => scheme.addEventListener(type, listener),
  };
  const narrow = window.matchMedia('(max-width: 760px)');

  // As in the plots: eight colours that colour-blind readers can tell apart, solid lines for the
  // first eight ranks, dashed ones for the next, and grey for the rest.
  const DISTINCT = 16;
  const COLORS = {
    light: ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#7f3c8d', '#4d4d4d'],
    dark: ['#5db4ea', '#ff8b3d', '#2fc79a', '#e39bc3', '#f2b632', '#9bd3f5', '#c08bd0', '#d0d4d9'],
  };
  const palette = () => (dark.matches ? COLORS.dark : COLORS.light);
  const looks = (rank) => {
    if (rank >= DISTINCT) return { color: dark.matches ? '#59616b' : '#c3c9d0', dashed: false, width: 1 };
    return { color: palette()[rank % palette().length], dashed: rank >= palette().length, width: 2 };
  };

  // Numbers and elements.

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
  const measure = (value) => (isNumber(value) ? String(Number(value.toPrecision(5))) : '-');
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

  const badge = (status) => element('span', 'badge ' + status.toLowerCase(), status);

  const swatch = (look) => {
    const made = element('span', look.dashed ? 'swatch dashed' : 'swatch');
    made.style.borderTopColor = look.color;
    return made;
  };

  function card(name, value, detail) {
    return element('div', 'card', element('div', 'name', name), element('div', 'value', value),
      element('div', 'detail', detail));
  }

  // Tables that sort when a heading is clicked; what is missing stays last.

  function sortableTable(table, columns, rows, options) {
    const state = { column: options.sortBy ?? null, descending: options.sortDescending ?? false };
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

  // Charts: each is built again when the colour scheme or the width changes.

  const charts = [];
  const PAPER_WIDTH = 900;

  function addChart(id, option) {
    const chart = { id, option, instance: null };
    charts.push(chart);
    draw(chart);
    new ResizeObserver(() => { if (!printing) chart.instance.resize(); }).observe(byId(id));
    return chart;
  }

  function draw(chart) {
    chart.instance?.dispose();
    // Nobody resizes paper; the browser scales the whole page to its width.
    chart.instance = echarts.init(byId(chart.id), dark.matches ? 'dark' : null, printing ? { width: PAPER_WIDTH } : undefined);
    chart.instance.setOption({ backgroundColor: 'transparent', animation: false, ...chart.option() });
  }

  const redrawLines = (chart) => chart.instance.setOption({ series: chart.option().series }, { replaceMerge: ['series'] });

  function print(on) {
    printing = on;
    document.documentElement.classList.toggle('printing', on);
    charts.forEach(draw);
  }
  window.addEventListener('beforeprint', () => print(true));
  window.addEventListener('afterprint', () => print(false));

  dark.addEventListener('change', () => charts.forEach(draw));
  narrow.addEventListener('change', () => charts.forEach(draw));

  const axis = (more) => ({
    axisLine: { onZero: false, lineStyle: { color: cssColor('--line') } },
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

  const zoomTools = () => ({
    right: 8,
    top: -4,
    feature: { dataZoom: { yAxisIndex: 'none', title: { zoom: 'zoom in', back: 'back' } }, restore: { title: 'whole' } },
    iconStyle: { borderColor: cssColor('--faint') },
  });

  const zoomSlider = (bottom) => [{ type: 'slider', height: 16, bottom, showDetail: false, brushSelect: false, filterMode: 'none' }];

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

  // What a run's trials are ranked by.
  function metricOf(run) {
    return {
      ...run.metric,
      show: run.metric.fraction ? percent : measure,
      first: run.metric.highFirst ? 'high' : undefined,
    };
  }

  function line(name, points, look, rank) {
    return {
      name,
      type: 'line',
      data: points,
      showSymbol: points.length === 1,
      symbol: 'circle',
      zlevel: 0, // ECharts 5.3 forgets this default when a point is pointed at
      z: 2 + (DISTINCT - Math.min(rank, DISTINCT)),
      lineStyle: { width: look.width, color: look.color, type: look.dashed ? 'dashed' : 'solid' },
      itemStyle: { color: look.color },
      emphasis: { focus: 'series', lineStyle: { width: 3.5 } },
    };
  }

  // Lines over epochs or steps; the tip ranks the twelve best values under the mouse.
  function lineOption({ xName, xAxis, yAxis, format, highFirst, zoom, series }) {
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
      xAxis: axis({ ...below(xName), type: 'value', minInterval: 1, ...xAxis }),
      yAxis: axis(yAxis),
      series,
    };
  }

  // The axis of the learning rates: where a rate is on it, and which rate is at a place. Of a log
  // axis ECharts gets the exponents.
  const LOGARITHMIC = {
    place: Math.log10,
    rateAt: (place) => 10 ** place,
    axis: (lowest, highest) => axis({
      ...below('learning rate (log scale)'),
      type: 'value',
      min: Math.floor(Math.log10(lowest)),
      max: Math.log10(highest),
      interval: narrow.matches ? 2 : 1,
      axisLabel: {
        formatter: (value) => (Math.abs(value - Math.round(value)) < 1e-6 ? '1e' + Math.round(value) : ''),
      },
    }),
  };
  const LINEAR = {
    place: (lr) => lr,
    rateAt: (place) => place,
    axis: (lowest, highest) => axis({
      ...below('learning rate'),
      type: 'value',
      min: lowest,
      max: highest,
      axisLabel: { formatter: rate, showMinLabel: false, showMaxLabel: false },
    }),
  };
  const rateScale = (finders) => (finders.every((finder) => finder.linear) ? LINEAR : LOGARITHMIC);

  return {
    data, dark, DISTINCT, palette, looks, isNumber, trim, rate, percent, loss, count, plain, minutes,
    byId, element, cssColor, sorted, badge, swatch, card, sortableTable, charts, addChart, draw, redrawLines,
    axis, tip, tooltipLook, zoomTools, zoomSlider, accuracyAxis, lossAxis, metricOf, line, lineOption, rateScale,
  };
})();

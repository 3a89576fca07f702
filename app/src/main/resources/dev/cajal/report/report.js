'use strict';
// Read-outs of charts. All that they say is in the page without them too.
(() => {
  const space = 'http://www.w3.org/2000/svg';

  function element(parent, name, attributes) {
    const made = document.createElementNS(space, name);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    parent.appendChild(made);
    return made;
  }

  function box(around) {
    const made = document.createElement('div');
    made.className = 'read';
    made.hidden = true;
    around.appendChild(made);
    return made;
  }

  function say(into, heading, lines) {
    const bold = document.createElement('b');
    bold.textContent = heading;
    into.replaceChildren(...(heading ? [bold] : []), ...lines.map(line => {
      const row = document.createElement('div');
      row.textContent = line;
      return row;
    }));
    into.hidden = false;
  }

  // A title would cover the read-out; its words stay for those who listen.
  function silence(svg) {
    const title = svg.querySelector('title');
    svg.setAttribute('aria-label', title.textContent + '. ' + svg.querySelector('desc').textContent);
    title.remove();
  }

  function place(read, x, width) {
    const left = x > width / 2 ? x - read.offsetWidth - 12 : x + 12;
    read.style.left = Math.max(0, Math.min(width - read.offsetWidth, left)) + 'px';
  }

  function curves(svg) {
    const names = svg.dataset.names.split('|');
    const stops = svg.dataset.stops.split(';').map(stop => stop.split('|'));
    const around = svg.parentNode;
    const read = box(around);
    const shown = element(svg, 'g', {visibility: 'hidden'});
    const cross = element(shown, 'line', {class: 'cross', y1: '0', y2: '100%'});
    const isSquare = around.classList.contains('square');
    const dots = names.map((_, i) =>
      element(shown, 'circle', {class: isSquare || i === names.length - 1 ? 'dot accent' : 'dot quiet', r: 4}));
    silence(svg);

    function distance(stop, x, y) {
      return isSquare ? Math.hypot(stop[0] - x, stop[2] - y) : Math.abs(stop[0] - x);
    }
    function show(event) {
      const frame = svg.getBoundingClientRect();
      const x = (event.clientX - frame.left) / frame.width;
      const y = (event.clientY - frame.top) / frame.height;
      const stop = stops.reduce((best, each) => distance(each, x, y) < distance(best, x, y) ? each : best);
      const at = 100 * stop[0] + '%';
      cross.setAttribute('x1', at);
      cross.setAttribute('x2', at);
      dots.forEach((dot, i) => {
        const height = stop[2 + 2 * i];
        dot.setAttribute('cx', at);
        dot.setAttribute('cy', 100 * height + '%');
        dot.setAttribute('visibility', height === '' ? 'hidden' : 'inherit');
      });
      say(read, stop[1], names.map((name, i) => name + ' ' + stop[3 + 2 * i]));
      place(read, frame.left - around.getBoundingClientRect().left + stop[0] * frame.width, around.clientWidth);
      // Where the lines are not.
      read.style.top = stop[2] < .35 ? .55 * frame.height + 'px' : 0;
      shown.setAttribute('visibility', 'visible');
    }
    around.addEventListener('pointermove', show);
    around.addEventListener('pointerdown', show);
    around.addEventListener('pointerleave', () => {
      read.hidden = true;
      shown.setAttribute('visibility', 'hidden');
    });
  }

  function cells(svg) {
    const around = svg.parentNode;
    const size = +svg.dataset.cell;
    const names = [...svg.querySelectorAll('text.end')].map(text => text.textContent);
    around.style.position = 'relative';
    const read = box(around);
    silence(svg);
    svg.addEventListener('pointermove', event => {
      if (!event.target.dataset.c) {
        read.hidden = true;
        return;
      }
      const row = event.target.getAttribute('y') / size;
      const column = event.target.getAttribute('x') / size;
      say(read, event.target.dataset.c + (event.target.dataset.c === '1' ? ' row' : ' rows'),
        row === column ? [names[row] + ', rightly'] : [names[row] + ' taken for ' + names[column]]);
      const frame = around.getBoundingClientRect();
      place(read, event.clientX - frame.left, around.clientWidth);
      read.style.left = parseFloat(read.style.left) + around.scrollLeft + 'px';
      read.style.top = event.clientY - frame.top + 14 + 'px';
    });
    svg.addEventListener('pointerleave', () => { read.hidden = true; });
  }

  document.querySelectorAll('svg[data-stops]').forEach(curves);
  document.querySelectorAll('svg[data-cell]').forEach(cells);
})();

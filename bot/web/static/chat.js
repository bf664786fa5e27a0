/* The web chat's page. The server drew the log as it was; from here on the page draws what comes, keeps what is typed
   until it is stored, and says how the line is. Written for the browsers of old phones: ES2015, no modules, no fetch.
   What people wrote only ever becomes text nodes. Everything posted carries a key made here, so that sending it again
   changes nothing. */
(function () {
  'use strict';

  var XLINK = 'http://www.w3.org/1999/xlink', SVG = 'http://www.w3.org/2000/svg';
  var LONGEST_SIDE = 1600, QUALITY = 0.85, SMALL_ENOUGH = 400000;
  var SILENCE = 40000;      // ms without a beat of the stream: the line is dead
  var STALLED = 45000;      // ms without progress of an upload
  var POLL = 4000;

  var body = document.body;
  var texts = JSON.parse(body.getAttribute('data-texts'));
  var icons = body.getAttribute('data-icons');
  var language = document.documentElement.lang;
  var cursor = Number(body.getAttribute('data-cursor')) || 0;
  var log = byId('log'), field = byId('text'), live = byId('live'), lost = byId('lost'), newer = byId('newer');
  var notice = byId('notice'), menu = byId('menu'), picker = byId('file'), progress = byId('progress');

  function byId(id) { return document.getElementById(id); }
  function each(list, act) { Array.prototype.forEach.call(list, act); }
  function fill(text, values) { return text.replace(/\{(\w+)\}/g, function (_, name) { return values[name]; }); }
  function two(number) { return (number < 10 ? '0' : '') + number; }

  function el(tag, className, children) {
    var node = document.createElement(tag);
    if (className) node.className = className;
    (children || []).forEach(function (child) {
      node.appendChild(typeof child === 'string' ? document.createTextNode(child) : child);
    });
    return node;
  }

  function svg(tag, attributes) {
    var node = document.createElementNS(SVG, tag);
    Object.keys(attributes).forEach(function (name) { node.setAttribute(name, attributes[name]); });
    return node;
  }

  function icon(name, small) {
    var node = svg('svg', { 'class': small ? 'i s' : 'i', viewBox: '0 0 20 20', 'aria-hidden': 'true' });
    var use = svg('use', {});
    use.setAttributeNS(XLINK, 'xlink:href', icons + '#' + name);
    node.appendChild(use);
    return node;
  }

  function newKey() {
    var bytes = new Uint8Array(16), hex = '';
    if (window.crypto && crypto.getRandomValues) crypto.getRandomValues(bytes);
    else each(bytes, function (_, n) { bytes[n] = Math.random() * 256; });
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    each(bytes, function (byte, n) {
      hex += (n === 4 || n === 6 || n === 8 || n === 10 ? '-' : '') + (byte < 16 ? '0' : '') + byte.toString(16);
    });
    return hex;
  }

  /* The programme's time of day, whatever this phone's clock and zone are set to. */
  var ahead = Date.parse(body.getAttribute('data-now') + 'Z') - new Date().getTime();
  function localNow() {
    var now = new Date(new Date().getTime() + ahead);
    return now.toISOString().slice(0, 16);
  }

  /* ---- What is remembered over a reload: the queue in localStorage, photos in IndexedDB, where there are such ---- */

  var memory = {};
  function remember(name, value) {
    memory[name] = value;
    try { localStorage.setItem('sambang.' + name, JSON.stringify(value)); } catch (e) { /* private mode: memory only */ }
  }
  function recall(name, otherwise) {
    try {
      var kept = localStorage.getItem('sambang.' + name);
      if (kept !== null) return JSON.parse(kept);
    } catch (e) { /* as above */ }
    return name in memory ? memory[name] : otherwise;
  }

  var photos = {
    blobs: {},
    open: function (act) {
      try {
        var request = indexedDB.open('sambang', 1);
        request.onupgradeneeded = function () { request.result.createObjectStore('photos'); };
        request.onsuccess = function () { act(request.result.transaction('photos', 'readwrite').objectStore('photos')); };
        request.onerror = function () { act(null); };
      } catch (e) { act(null); }
    },
    keep: function (key, blob) {
      photos.blobs[key] = blob;
      photos.open(function (store) { if (store) try { store.put(blob, key); } catch (e) { /* memory only */ } });
    },
    find: function (key, act) {
      if (photos.blobs[key]) { act(photos.blobs[key]); return; }
      photos.open(function (store) {
        if (!store) { act(null); return; }
        var request = store.get(key);
        request.onsuccess = function () { photos.blobs[key] = request.result; act(request.result || null); };
        request.onerror = function () { act(null); };
      });
    },
    forget: function (key) {
      delete photos.blobs[key];
      photos.open(function (store) { if (store) store.delete(key); });
    }
  };

  /* ---- Drawing: the same as templates/chat.html ---- */

  function marked(text, links) {
    var rule = /\*([^*\n]+)\*|(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)])/g, end = 0, nodes = [], mark, link;
    while ((mark = rule.exec(text))) {
      if (mark.index > end) nodes.push(text.slice(end, mark.index));
      if (mark[1]) nodes.push(el('b', '', [mark[1]]));
      else if (links) {
        link = el('a', '', [mark[2]]);
        link.setAttribute('href', mark[2]);
        link.setAttribute('rel', 'noopener');
        nodes.push(link);
      } else nodes.push(mark[2]);
      end = rule.lastIndex;
    }
    if (end < text.length) nodes.push(text.slice(end));
    return nodes;
  }

  function clockTime(at) { return at.slice(11).replace(':', language === 'id' ? '.' : ':'); }

  function stamp(row) {
    var state = row.st || 'sent', node = el('div', 'at', [clockTime(row.a)]);
    if (state === 'read') node.className += ' read';
    if (state === 'failed') node.className += ' bad';
    if (row.s === 'me') {
      node.appendChild(document.createTextNode(' '));
      node.appendChild(icon({ read: 'ticks', failed: 'cross', queued: 'clock' }[state] || 'tick'));
      node.appendChild(el('span', 'sr', [texts['state-' + state]]));
    }
    return node;
  }

  function picture(source, description) {
    var image = el('img');
    image.setAttribute('src', source);
    image.setAttribute('alt', description);
    image.setAttribute('loading', 'lazy');
    return image;
  }

  function bubble(row) {
    var node = el('div', 'bub' + (row.s === 'me' ? ' me' : ''));
    node.setAttribute('data-id', row.i);
    if (row.w) node.setAttribute('data-from', row.w);
    if (row.p) node.appendChild(el('div', 'pics', row.p.map(function (id) {
      return picture('/chat/media/' + id, texts.photo);
    })));
    if (row.t) node.appendChild(el('div', 'txt', marked(row.t, row.s === 'them')));
    node.appendChild(stamp(row));
    return node;
  }

  function keysOf(row) {
    var chosen = row.k.some(function (key) { return key[2]; });
    var node = el('div', 'keys' + (row.k.length === 2 ? ' two' : '') + (chosen ? ' done' : ''));
    node.setAttribute('data-of', row.i);
    row.k.forEach(function (key) {
      var button = el('button', key[2] ? 'on' : '', key[2] ? [icon('check', true), ' ', key[0]] : [key[0]]);
      button.setAttribute('form', 'compose');
      button.setAttribute('name', 'tapped');
      button.setAttribute('value', key[1]);
      node.appendChild(button);
    });
    return node;
  }

  function figure(row) {
    var node = el('figure');
    node.setAttribute('data-id', row.i);
    if (row.p) node.appendChild(picture('/chat/media/' + row.p[0], texts['own-photo']));
    else if (row.f && /^image\//.test(row.f.type)) node.appendChild(picture(URL.createObjectURL(row.f), texts['own-photo']));
    if (!row.p && !(row.f && /^image\/(jpe?g|png|webp|gif)$/.test(row.f.type))) {
      node.className = 'doc';
      node.insertBefore(icon('file'), node.firstChild);
      node.appendChild(el('span', '', [row.n || texts.document]));
    }
    return node;
  }

  function dayLabel(day) {
    var parts = day.split('-'), text = day;
    try {
      text = new Date(parts[0], parts[1] - 1, parts[2])
        .toLocaleDateString(language === 'id' ? 'id-ID' : 'en-GB', { weekday: 'long', day: 'numeric', month: 'long' })
        .replace(',', '');
    } catch (e) { /* an old browser without languages: the ISO day */ }
    return day === localNow().slice(0, 10) ? fill(texts.today, { date: text }) : text;
  }

  /* ---- The log ---- */

  var rows = {};      // id -> {row, node, known}: node is a bubble or a figure, `known` whether the log has shown it

  function isMine(node) { return node.classList.contains('me') || node.classList.contains('alb'); }
  function isWaiting(node) {
    if (node.classList.contains('alb')) return each2(node, 'figure').every(isWaiting);
    var id = node.getAttribute('data-id');
    return Boolean(id && rows[id] && !rows[id].known);
  }
  function each2(node, selector) { return Array.prototype.slice.call(node.querySelectorAll(selector)); }

  function firstWaiting() {
    var found = null;
    each(log.children, function (node) {
      if (!found && (node.classList.contains('bub') || node.classList.contains('alb')) && isWaiting(node)) found = node;
    });
    return found;
  }

  function bubbleBefore(node) {
    while (node && !node.classList.contains('bub') && !node.classList.contains('alb')) node = node.previousElementSibling;
    return node;
  }

  /* Rows of the log stand before what the log has not shown yet: that is the order in which it was stored. */
  function place(row, known) {
    var point = known ? firstWaiting() : null;
    var previous = point ? point.previousElementSibling : log.lastElementChild;
    var day = row.a.slice(0, 10), days = log.querySelectorAll('.day'), newest = days.length && days[days.length - 1];
    function put(node) { log.insertBefore(node, point); return node; }

    if (!newest || newest.getAttribute('data-day') < day) {
      if (newest) newest.textContent = dayLabel(newest.getAttribute('data-day'));
      previous = put(el('span', 'day', [dayLabel(day)]));
      previous.setAttribute('data-day', day);
    }
    var fresh = !previous || previous.classList.contains('day');
    var before = bubbleBefore(previous);
    var gap = !fresh && before && (isMine(before) !== (row.s === 'me') || previous.classList.contains('keys'));
    if (row.w && (!before || before.getAttribute('data-from') !== row.w)) {
      put(el('span', 'from' + (row.s === 'me' ? ' mine' : ''), [row.w]));
    }
    var node, album;
    if (row.s === 'me' && (row.p || row.n !== undefined) && !row.t) {
      album = !fresh && previous.classList.contains('alb') ? previous : put(el('div', 'alb', [stamp(row)]));
      if (gap && album !== previous) album.className += ' gap';
      node = figure(row);
      album.insertBefore(node, album.querySelector('figure:last-of-type') ?
        album.querySelector('figure:last-of-type').nextSibling : album.firstChild);
      restamp(album, row);
    } else {
      node = put(bubble(row));
      if (gap) node.className += ' gap';
      if (row.k) put(keysOf(row));
    }
    return node;
  }

  function restamp(album, row) {
    var queued = each2(album, 'figure').some(function (node) {
      var of = rows[node.getAttribute('data-id')];
      return of && of.row.st === 'queued';
    });
    var state = queued ? 'queued' : row.st;
    album.replaceChild(stamp({ a: row.a, s: 'me', st: state }), album.querySelector('.at'));
  }

  function draw(row, ofLog) {
    var known = rows[row.i], nearEnd = isNearEnd();
    if (known) {
      known.known = known.known || ofLog;
      redraw(known, row);
    } else {
      rows[row.i] = { row: row, node: null, known: ofLog };
      rows[row.i].node = place(row, ofLog);
    }
    if (row.s === 'them') heed(row);
    quieten();
    if (nearEnd || (row.s === 'me' && !known)) toEnd();
    else if (!known) newer.hidden = false;
    if (row.k) queue.forEach(function (item) { if (item.tapped !== undefined) choose(item, 'clock'); });
  }

  function redraw(known, row) {
    var node = known.node, keys = node.nextElementSibling;
    known.row = row;
    if (node.tagName === 'FIGURE') {
      each(node.querySelectorAll('.up'), function (ring) { node.removeChild(ring); });
      restamp(node.parentNode, row);
      return;
    }
    var drawn = bubble(row);
    if (node.classList.contains('gap')) drawn.className += ' gap';
    log.replaceChild(drawn, node);
    known.node = drawn;
    if (row.k && keys && keys.getAttribute('data-of') === row.i) log.replaceChild(keysOf(row), keys);
    else if (row.k) log.insertBefore(keysOf(row), drawn.nextSibling);
  }

  /* What the newest message of the bot asks for: how far we are, and which keyboard helps. An officer's word between
     them changes nothing. */
  function heed(row) {
    var asked = log.querySelectorAll('.bub:not(.me):not([data-from])'), last = asked[asked.length - 1];
    if (!last || last.getAttribute('data-id') !== row.i) return;
    progress.hidden = !row.g;
    if (row.g) {
      progress.querySelector('.done').setAttribute('width', Math.floor(100 * row.g[0] / row.g[1]));
      progress.querySelector('span').textContent = fill(texts.progress, { n: row.g[0], of: row.g[1] });
    }
    field.placeholder = row.ph ? texts['write-phone'] : texts.write;
    if (row.ph) field.setAttribute('inputmode', 'tel'); else field.removeAttribute('inputmode');
  }

  /* Only the newest question is loud, until it is answered. Older keys can still be tapped. */
  function quieten() {
    var all = log.querySelectorAll('.keys'), open = all[all.length - 1], node = open;
    while (node && (node = node.nextElementSibling)) if (isMine(node)) open = null;
    each(all, function (keys) { keys.classList.toggle('old', keys !== open); });
  }

  function isNearEnd() { return log.scrollHeight - log.scrollTop - log.clientHeight < 120; }
  function toEnd() { log.scrollTop = log.scrollHeight; newer.hidden = true; }

  /* ---- What goes out: one thing after the other, in the order in which it was said ---- */

  var queue = recall('queue', []), busy = false, tries = 0, timer = 0, flight = null, moved = 0;

  function enqueue(item) {
    queue = recall('queue', queue);
    queue.push(item);
    remember('queue', queue);
    show(item);
    send();
  }

  function show(item) {
    if (item.tapped !== undefined) { choose(item, 'clock'); toEnd(); return; }
    if (item.start !== undefined || rows[item.key]) return;
    draw({ i: item.key, s: 'me', t: item.text, n: item.name, f: photos.blobs[item.key], a: item.at, st: 'queued' }, false);
  }

  function settled(item, state, why) {
    queue = recall('queue', queue).filter(function (other) { return other.key !== item.key; });
    remember('queue', queue);
    tries = 0;
    var known = rows[item.key];
    if (item.tapped !== undefined) choose(item, state === 'sent' ? 'check' : '');
    if (known && known.row.st === 'queued') {
      known.row.st = state;
      redraw(known, known.row);
      if (state === 'failed') {
        known.known = true;      // it will never be in the log: what comes stands below it
        fail(known.node, why);
      }
    }
    if (item.name !== undefined) photos.forget(item.key);
  }

  /* The key that was chosen: a clock until it is stored, then a tick. */
  function choose(item, sign) {
    each(log.querySelectorAll('.keys button'), function (button) {
      if (button.value !== item.tapped) return;
      var label = button.textContent.trim(), keys = button.parentNode;
      if (sign === 'check' && !keys.classList.contains('waits')) return;      // the log has been faster
      keys.classList.toggle('waits', sign === 'clock');
      each(keys.children, function (other) {
        other.className = '';
        other.textContent = other.textContent.trim();
      });
      keys.classList.toggle('done', Boolean(sign));
      if (!sign) return;
      button.className = 'on';
      button.textContent = ' ' + label;
      button.insertBefore(icon(sign, true), button.firstChild);
    });
  }

  function fail(node, why) {
    var holder = node.tagName === 'FIGURE' ? node.parentNode : node, at = holder.querySelector('.at');
    if (node.tagName === 'FIGURE') node.appendChild(el('div', 'up', [icon('cross')]));
    holder.classList.add('fail');
    holder.insertBefore(el('p', 'why', [why || texts['state-failed']]), at);
  }

  function send() {
    clearTimeout(timer);
    if (busy || !queue.length) return;
    busy = true;
    var item = queue[0];
    if (item.name !== undefined) {
      photos.find(item.key, function (blob) {
        if (blob) shrink(blob, function (small) { upload(item, small); });
        else { busy = false; settled(item, 'failed', texts['no-photo']); send(); }
      });
    } else post(item);
  }

  function post(item) {
    var fields = { key: item.key };
    ['text', 'tapped', 'start'].forEach(function (name) { if (item[name] !== undefined) fields[name] = item[name]; });
    var request = new XMLHttpRequest();
    request.open('POST', '/chat/messages');
    request.setRequestHeader('Content-Type', 'application/json');
    request.setRequestHeader('Accept', 'application/json');
    request.timeout = 20000;
    request.onloadend = function () { answered(item, request); };
    taken(request);
    request.send(JSON.stringify(fields));
  }

  function upload(item, blob) {
    var request = new XMLHttpRequest(), form = new FormData(), known = rows[item.key], watch = 0;
    function stillMoving() {
      taken(request);
      clearTimeout(watch);
      watch = setTimeout(function () { request.abort(); }, STALLED);
    }
    form.append('key', item.key);
    form.append('photo', blob, item.name || 'photo.jpg');
    request.open('POST', '/chat/photos');
    request.setRequestHeader('Accept', 'application/json');
    request.upload.onprogress = function (event) {
      stillMoving();
      if (event.lengthComputable) ring(known, event.loaded, event.total);
    };
    request.onloadend = function () { clearTimeout(watch); answered(item, request); };
    ring(known, 0, blob.size);
    stillMoving();
    request.send(form);
  }

  function taken(request) { flight = request; moved = new Date().getTime(); }

  /* The line is back: what was under way on the old one may never end. Its key makes sending it again harmless. */
  function retry() {
    tries = 0;
    if (busy && flight && new Date().getTime() - moved > 2000) flight.abort();
    else send();
  }

  function ring(known, loaded, total) {
    if (!known || known.row.st !== 'queued') return;      // the stream has been faster: it is stored already
    var node = known.node, up = node.querySelector('.up'), share = total ? loaded / total : 0, around = 125.7;
    if (!up) {
      var drawing = svg('svg', { viewBox: '0 0 54 54', 'aria-hidden': 'true' });
      drawing.appendChild(svg('circle', { cx: 27, cy: 27, r: 20 }));
      drawing.appendChild(svg('circle', { cx: 27, cy: 27, r: 20, transform: 'rotate(-90 27 27)' }));
      up = el('div', 'up', [drawing, el('span')]);
      node.appendChild(up);
    }
    up.querySelector('circle:last-child').setAttribute('stroke-dasharray', share * around + ' ' + around);
    up.querySelector('span').textContent = Math.round(share * 100) + '%';
    var at = node.parentNode.querySelector('.at');
    at.textContent = fill(texts.sending, { done: Math.round(loaded / 1024), total: Math.round(total / 1024) }) + ' ';
    at.appendChild(icon('clock'));
  }

  function answered(item, request) {
    var status = request.status, answer = {};
    try { answer = JSON.parse(request.responseText); } catch (e) { /* not ours: a proxy's page */ }
    busy = false;
    flight = null;
    if (status === 200) { settled(item, 'sent'); lineIsUp(); send(); return; }
    if (status === 401 && mayReload()) { location.reload(); return; }
    if (status >= 400 && status < 500 && status !== 401 && status !== 408 && status !== 429) {
      settled(item, 'failed', answer.text);
      send();
      return;
    }
    if (status === 0 || status >= 500) lineIsLost();
    tries += 1;
    timer = setTimeout(send, Math.min(30000, 1000 * Math.pow(2, tries - 1)));
  }

  /* The cookie is gone: the page makes a new one. Once a minute, lest it turn in circles where cookies are off. */
  function mayReload() {
    var last = Number(recall('reloaded', 0)), now = new Date().getTime();
    if (now - last < 60000) return false;
    remember('reloaded', now);
    return true;
  }

  /* ---- Photos: made smaller before they cost anybody's data plan ---- */

  function shrink(blob, act) {
    if (!/^image\/(jpe?g|png|webp)$/.test(blob.type) || !HTMLCanvasElement.prototype.toBlob) { act(blob); return; }
    upright(blob, function (fine) {
      if (!fine) { act(blob); return; }
      var image = new Image(), address = URL.createObjectURL(blob);
      image.onerror = function () { URL.revokeObjectURL(address); act(blob); };
      image.onload = function () {
        var scale = Math.min(1, LONGEST_SIDE / Math.max(image.naturalWidth, image.naturalHeight));
        if (scale === 1 && blob.size <= SMALL_ENOUGH) { URL.revokeObjectURL(address); act(blob); return; }
        var canvas = el('canvas'), paint = canvas.getContext('2d');
        canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
        canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
        paint.fillStyle = '#fff';
        paint.fillRect(0, 0, canvas.width, canvas.height);
        paint.drawImage(image, 0, 0, canvas.width, canvas.height);
        URL.revokeObjectURL(address);
        canvas.toBlob(function (small) { act(small && small.size < blob.size ? small : blob); }, 'image/jpeg', QUALITY);
      };
      image.src = address;
    });
  }

  /* Browsers before 2020 draw a photo as the sensor lay and lose the note that says how to turn it. There a turned
     photo goes as it is: the server turns it. */
  function upright(blob, act) {
    if (window.CSS && CSS.supports && CSS.supports('image-orientation', 'from-image')) { act(true); return; }
    var reader = new FileReader();
    reader.onerror = function () { act(false); };
    reader.onload = function () { act(orientation(new DataView(reader.result)) <= 1); };
    reader.readAsArrayBuffer(blob.slice(0, 65536));
  }

  /* The orientation tag of a JPEG (Exif 2.32, 4.6.4), 1 where there is none. */
  function orientation(view) {
    try {
      if (view.getUint16(0) !== 0xFFD8) return 1;
      var at = 2;
      while (at < view.byteLength) {
        var marker = view.getUint16(at), length = view.getUint16(at + 2);
        if (marker === 0xFFE1 && view.getUint32(at + 4) === 0x45786966) {
          var tiff = at + 10, little = view.getUint16(tiff) === 0x4949;
          var ifd = tiff + view.getUint32(tiff + 4, little), entries = view.getUint16(ifd, little);
          for (var n = 0; n < entries; n += 1) {
            if (view.getUint16(ifd + 2 + 12 * n, little) === 0x0112) return view.getUint16(ifd + 10 + 12 * n, little);
          }
        }
        at += 2 + length;
      }
    } catch (e) { /* cut short: as if it said nothing */ }
    return 1;
  }

  /* ---- The line ---- */

  var stream = null, lastSign = 0, failures = 0, polling = 0, reopening = 0;

  function say(state) {
    live.textContent = texts[state];
    live.className = state === 'connected' ? 'on' : state === 'offline' ? 'off' : '';
  }
  function lineIsUp() { lost.hidden = true; say('connected'); lastSign = new Date().getTime(); failures = 0; }
  function lineIsLost() { lost.hidden = false; say('offline'); }

  function received(data, event) {
    cursor = Math.max(cursor, Number(event) || 0);
    draw(data, true);
  }

  function listen() {
    clearTimeout(reopening);
    if (stream) stream.close();
    if (!window.EventSource || failures >= 4) { poll(); return; }
    lastSign = new Date().getTime();
    stream = new EventSource('/chat/events?after=' + cursor);
    stream.onopen = function () { lineIsUp(); retry(); };
    stream.addEventListener('beat', lineIsUp);
    stream.onmessage = function (event) { lineIsUp(); received(JSON.parse(event.data), event.lastEventId); };
    stream.onerror = function () {
      failures += 1;
      if (failures > 1 || navigator.onLine === false) lineIsLost(); else say('connecting');
      stream.close();      // we open it again ourselves, with the newest cursor and growing patience
      reopening = setTimeout(listen, Math.min(15000, 500 * Math.pow(2, failures)));
    };
  }

  function poll() {
    clearTimeout(polling);
    var request = new XMLHttpRequest();
    request.open('GET', '/chat/events?after=' + cursor);
    request.setRequestHeader('Accept', 'application/json');
    request.timeout = 20000;
    request.onloadend = function () {
      if (request.status === 200) {
        lineIsUp();
        JSON.parse(request.responseText).rows.forEach(function (row) { received(row, row.e); });
        send();
      } else if (request.status === 401 && mayReload()) location.reload();
      else lineIsLost();
      polling = setTimeout(poll, POLL);
    };
    request.send();
  }

  setInterval(function () {
    if (stream && stream.readyState !== 2 && new Date().getTime() - lastSign > SILENCE) { failures += 1; listen(); }
  }, 5000);
  window.addEventListener('offline', lineIsLost);
  window.addEventListener('online', function () { failures = 0; retry(); listen(); });
  document.addEventListener('visibilitychange', function () {
    if (!document.hidden && stream && stream.readyState === 2) listen();
  });

  /* ---- Hands ---- */

  function saySomething(text) {
    text = text.trim();
    if (text) enqueue({ key: newKey(), text: text, at: localNow() });
  }

  function grow() {
    field.style.height = 'auto';
    field.style.height = Math.min(132, field.scrollHeight + 2) + 'px';
  }

  byId('compose').addEventListener('submit', function (event) {
    event.preventDefault();
    notice.hidden = true;
    saySomething(field.value);
    field.value = '';
    remember('text', '');
    grow();
    field.focus();
  });
  field.addEventListener('input', function () { grow(); remember('text', field.value); });
  field.addEventListener('keydown', function (event) {
    var finger = window.matchMedia && matchMedia('(pointer:coarse)').matches;
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || finger) return;
    event.preventDefault();
    byId('send').click();
  });

  log.addEventListener('click', function (event) {
    var button = event.target;
    while (button !== log && button.name !== 'tapped' && button.name !== 'start') button = button.parentNode;
    if (button === log) return;
    event.preventDefault();
    var twice = queue.some(function (item) { return item.tapped === button.value; });
    if (button.name === 'start' || twice) return;
    enqueue({ key: newKey(), tapped: button.value });
  });

  menu.addEventListener('click', function (event) {
    var button = event.target;
    while (button !== menu && button.name !== 'say') button = button.parentNode;
    if (button === menu) return;
    event.preventDefault();
    menu.removeAttribute('open');
    saySomething(button.value);
    menu.querySelector('summary').focus();
  });
  document.addEventListener('click', function (event) { if (!menu.contains(event.target)) menu.removeAttribute('open'); });
  document.addEventListener('keydown', function (event) {
    if (event.key === 'Escape' && menu.hasAttribute('open')) {
      menu.removeAttribute('open');
      menu.querySelector('summary').focus();
    }
  });

  picker.addEventListener('change', function () {
    each(picker.files, function (file) {
      var key = newKey();
      photos.keep(key, file);
      enqueue({ key: key, name: file.name.slice(0, 100), at: localNow() });
    });
    picker.value = '';
  });

  newer.addEventListener('click', toEnd);
  log.addEventListener('scroll', function () { if (isNearEnd()) newer.hidden = true; });
  log.addEventListener('load', function (event) {
    var tall = event.target.offsetHeight;
    if (log.scrollHeight - log.scrollTop - log.clientHeight < 120 + tall) toEnd();
  }, true);
  window.addEventListener('resize', toEnd);

  /* ---- The beginning ---- */

  function adopt() {
    each(log.querySelectorAll('[data-id]'), function (node) {
      var mine = node.classList.contains('me') || node.tagName === 'FIGURE';
      rows[node.getAttribute('data-id')] = { row: { i: node.getAttribute('data-id'), s: mine ? 'me' : 'them' }, node: node, known: true };
    });
    quieten();
  }

  function greet() {
    var asked = body.getAttribute('data-start');
    var waiting = queue.some(function (item) { return item.start !== undefined; });
    if (asked && recall('start', '') !== asked) {
      remember('start', asked);
      enqueue({ key: newKey(), start: asked });
    } else if (!waiting && !log.querySelector('[data-id]')) {
      enqueue({ key: newKey(), start: body.getAttribute('data-programme') });
    }
    if (asked && history.replaceState) history.replaceState(null, '', location.pathname);
  }

  adopt();
  say('connecting');
  field.value = recall('text', '');
  grow();
  (function restore(left) {
    if (!left.length) { greet(); toEnd(); listen(); send(); return; }
    var item = left[0];
    if (item.name === undefined) { show(item); restore(left.slice(1)); return; }
    photos.find(item.key, function () { show(item); restore(left.slice(1)); });
  }(queue.slice()));
  toEnd();
}());

/* The document reader: draws one part of a text with its amounts marked and their notes beside it,
   and steps from amount to amount. What it draws comes from dashboard/components/reader.py; all of
   it is set as text. The chosen amount is kept in the address. */
"use strict";

(function () {
  const dash = (window.dash_clientside = window.dash_clientside || {});
  const KEYS_OFF = "reader-keys-off";
  let data = null;
  let chosen = -1;

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value !== null && value !== undefined) element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null));
    return element;
  }

  /* Goes to an address of this site without loading the page anew, as Dash's own links do. */
  function go(href) {
    window.history.pushState({}, "", href);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    window.scrollTo(0, 0);
  }
  function isPlain(event) {
    return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  }
  /* The address of an amount, with the filters that the reader came with. */
  function addressOf(id) {
    const query = new URLSearchParams(window.location.search);
    query.delete("part");
    query.set("mention", id);
    return "/document/" + data.document + "?" + query;
  }

  /* Six steps from needed to disbursed, the one that the money is at filled. */
  function ladder(note) {
    const steps = make("span", { class: "ladder", "aria-hidden": "true" });
    note.rungs.forEach((name, index) => {
      const at = index + 1 === note.rung;
      steps.append(make("i", { class: at ? "at " + (note.hold || "") : "", title: name }));
    });
    return steps;
  }

  function amountOf(index, words) {
    const note = data.notes[index];
    const mark = make(
      "mark",
      { class: ["amount", note.status, note.hold || ""].join(" ").trim() },
      words
    );
    mark.style.setProperty("--rung", note.rung);
    const link = make(
      "a",
      {
        href: addressOf(note.id), id: note.id, class: "stated", "data-amount": index,
        "aria-describedby": "note-" + note.id,
      },
      mark,
      make("span", { class: "stage", "aria-hidden": "true" }, note.stage)
    );
    return link;
  }

  function textOf(block) {
    const paragraph = make("p", { class: "text" });
    if (block.page) {
      paragraph.append(make("span", { class: "page-number" }, "Page " + block.page));
    }
    let drawn = -1;
    block.runs.forEach(([words, amount, cueOf]) => {
      let part = words;
      if (cueOf) part = make("u", { "data-cue-of": " " + cueOf.join(" ") + " " }, words);
      if (amount === undefined || amount === null) {
        paragraph.append(part);
      } else if (amount === drawn) {
        /* An amount in pieces, where a cue ends inside it. */
        paragraph.querySelector('[data-amount="' + amount + '"] mark').append(part);
      } else {
        drawn = amount;
        paragraph.append(amountOf(amount, part));
      }
    });
    return paragraph;
  }

  function noteOf(index) {
    const note = data.notes[index];
    const item = make(
      "li",
      { id: "note-" + note.id, class: "margin-note", "data-note": index },
      make(
        "div", { class: "first" }, ladder(note), make("strong", {}, note.stage),
        " ", make("span", { class: "figure" }, note.amount)
      )
    );
    const links = make("div", { class: "note-links" });
    if (note.lines.length) item.append(make("div", {}, note.lines.join("; ")));
    const more = (href, words, attributes) => {
      const link = make("a", { href: href, ...attributes }, words);
      link.append(make("span", { class: "unseen" }, ": " + note.amount + ", " + note.stage));
      links.append(link);
    };
    if (note.figure) more(note.figure, "Who else states it");
    if (note.source) more(note.source, "At its source", { target: "_blank", rel: "noopener noreferrer" });
    if (note.correct) more(note.correct, "Correct it");
    if (links.children.length) item.append(links);
    return item;
  }

  function bar() {
    const keys = make("input", { type: "checkbox", id: "reader-keys" });
    keys.checked = localStorage.getItem(KEYS_OFF) === null;
    keys.addEventListener("change", () => {
      if (keys.checked) localStorage.removeItem(KEYS_OFF);
      else localStorage.setItem(KEYS_OFF, "yes");
    });
    const button = (id, name, by) => {
      const element = make("button", { type: "button", id: id, class: "action" }, name);
      element.addEventListener("click", () => step(by));
      return element;
    };
    return make(
      "div",
      { class: "reader-bar", role: "group", "aria-label": "From amount to amount" },
      button("previous-amount", "Previous amount", -1),
      button("next-amount", "Next amount", 1),
      make("span", { id: "amount-place", class: "note", role: "status" }),
      make("label", { class: "note keys" }, keys, " Keys ", make("kbd", {}, "p"), " and ", make("kbd", {}, "n"))
    );
  }

  /* One amount further, or back; into the next part where this one ends. */
  function step(by) {
    const to = chosen < 0 ? (by > 0 ? 0 : data.notes.length - 1) : chosen + by;
    if (to >= 0 && to < data.notes.length) return choose(to, true);
    const beyond = by > 0 ? data.after : data.before;
    if (beyond) go(addressOf(beyond));
    else tell(by > 0 ? "That was the last amount" : "That was the first amount");
  }

  function tell(words) {
    document.getElementById("amount-place").textContent = words;
  }

  function choose(index, moves) {
    const root = document.getElementById("reader");
    root.querySelectorAll(".chosen").forEach((element) => element.classList.remove("chosen"));
    root.querySelectorAll("[aria-current]").forEach((element) => element.removeAttribute("aria-current"));
    chosen = index;
    const note = data.notes[index];
    const link = document.getElementById(note.id);
    const item = document.getElementById("note-" + note.id);
    const cues = root.querySelectorAll('[data-cue-of~="' + index + '"]');
    [link, item, ...cues].forEach((element) => element && element.classList.add("chosen"));
    tell((data.first + index + 1).toLocaleString("en") + " of " + data.total.toLocaleString("en"));
    if (moves) window.history.replaceState(window.history.state, "", addressOf(note.id));
    const place = link || item;
    place.setAttribute("aria-current", "true");
    if (link) link.focus({ preventScroll: true });
    place.scrollIntoView({ block: "center" });
  }

  document.addEventListener("click", function (event) {
    const link = event.target.closest && event.target.closest("#reader a");
    if (!link || !isPlain(event) || link.target) return;
    event.preventDefault();
    if (link.dataset.amount !== undefined) choose(Number(link.dataset.amount), true);
    else go(link.getAttribute("href"));
  });
  document.addEventListener("keydown", function (event) {
    if (!document.getElementById("reader") || !data || event.defaultPrevented) return;
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    if (localStorage.getItem(KEYS_OFF) !== null) return;
    const by = { n: 1, p: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    step(by);
  });

  dash.reader = {
    draw(reading) {
      const root = document.getElementById("reader");
      if (!reading || !root) return dash.no_update;
      data = reading;
      chosen = -1;
      /* An address that ends in #m_... means the same as ?mention=m_... */
      if (/^#m_[0-9a-f]+$/.test(window.location.hash)) {
        const href = addressOf(window.location.hash.slice(1));
        window.history.replaceState({}, "", href);
        if (reading.chosen === null) {
          window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
          return "drawn";
        }
      }
      const body = make("div", { class: "blocks" });
      reading.blocks.forEach((block, index) => {
        if (!reading.whole && index) body.append(make("p", { class: "gap" }, "[…]"));
        const notes = make("ol", { class: "notes" });
        block.amounts.forEach((amount) => notes.append(noteOf(amount)));
        body.append(make("div", { class: "block" }, textOf(block), block.amounts.length ? notes : null));
      });
      if (!reading.blocks.length) body.append(make("p", { class: "note" }, "There is nothing to show here."));
      root.replaceChildren(...(reading.total ? [bar()] : []), body);
      if (reading.missing) {
        root.prepend(
          make("p", { class: "warning" },
            "The amount " + reading.missing + " is not read in this text any more: it may have been " +
            "read anew, or rejected.")
        );
      }
      const at = reading.notes.findIndex((note) => note.id === reading.chosen);
      if (at >= 0) setTimeout(() => choose(at, false), 0);
      else if (reading.total) tell(reading.total.toLocaleString("en") + (reading.total === 1 ? " amount" : " amounts"));
      return "drawn";
    },
  };
})();

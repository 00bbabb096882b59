/* The checker's page: the question into the address, the answers onto the page. What is drawn is
   the data of tracker/check/answer.py; all of it is set as text. */
"use strict";

(function () {
  const dash = (window.dash_clientside = window.dash_clientside || {});

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value !== null && value !== undefined) element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  }
  const sentence = (words) => words.charAt(0).toUpperCase() + words.slice(1);

  function go(href) {
    window.history.pushState({}, "", href);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  }
  function ask() {
    const query = new URLSearchParams(window.location.search);
    query.delete("q");
    const question = document.getElementById("question").value.trim();
    if (question) query.set("q", question);
    go("/check" + (query.toString() ? "?" + query : ""));
  }
  document.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.id === "question") {
      event.preventDefault();
      ask();
    }
  });
  document.addEventListener("click", function (event) {
    const link = event.target.closest && event.target.closest("#answers a[data-here]");
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    if (!link || !plain) return;
    event.preventDefault();
    go(link.getAttribute("href"));
    window.scrollTo(0, 0);
  });

  /* The sentence with the amount marked and the cue underlined, where they are found in it. */
  function quoted(said) {
    const quote = make("blockquote", {});
    const places = [[said.amount, "mark"], [said.cue, "u"]]
      .filter(([words]) => words)
      .map(([words, tag]) => [said.quote.indexOf(words), words, tag])
      .filter(([place]) => place >= 0)
      .sort((one, other) => one[0] - other[0]);
    let at = 0;
    for (const [place, words, tag] of places) {
      if (place < at) continue;
      quote.append(said.quote.slice(at, place), make(tag, {}, words));
      at = place + words.length;
    }
    quote.append(said.quote.slice(at));
    const links = [make("a", { href: said.frozen, "data-here": "" }, said.title || "Untitled document")];
    const about = [said.publisher || "publisher not known", said.when];
    if (said.said_by) about.push("said by " + said.said_by);
    if (said.period) about.push("period: " + said.period);
    const caption = make("figcaption", {}, ...links, ", " + about.join(", "));
    if (said.source) {
      caption.append(" \u00a0", make("a", { href: said.source, target: "_blank", rel: "noopener noreferrer" }, "At its source"));
    }
    return make("figure", { class: "quotation" }, quote, caption);
  }

  function figureOf(figure) {
    const link = make("a", { href: "/figure/" + figure.figure_id, "data-here": "" }, figure.amount);
    const words = make(
      "div", {},
      make("h5", {}, link, make("span", { class: "stage-words" }, figure.stage)),
      make("p", { class: "flow" }, figure.flow),
      make("p", {}, make("span", { class: "note" }, "Against your text: "), figure.differs.join("; ")),
      figure.converted ? make("p", { class: "note" }, sentence(figure.converted)) : null,
      make("p", { class: "note" }, sentence(figure.stated))
    );
    return make("li", { class: "known" }, words, make("div", {}, ...figure.quotes.map(quoted)));
  }

  function answerOf(answer, index) {
    const section = make(
      "section", { class: "answer", "aria-labelledby": "answer-" + index },
      make("h3", { id: "answer-" + index }, "“" + answer.amount + "”"),
      make("p", { class: "note" }, "Read as: " + answer.read_as),
      make("p", { class: "summary" }, answer.summary)
    );
    answer.bands.forEach((band) => {
      const list = make("ul", { class: "known-figures" });
      band.figures.forEach((figure) => list.append(figureOf(figure)));
      section.append(make("h4", { class: "band-title" }, band.title), list);
      if (band.more) section.append(make("p", { class: "note" }, "and " + band.more.toLocaleString("en") + " more"));
    });
    section.append(make("p", { class: "note" }, answer.note));
    return section;
  }

  dash.check = {
    ask() {
      ask();
      return dash.no_update;
    },
    draw(answered) {
      const root = document.getElementById("answers");
      if (!answered || !root) return dash.no_update;
      const parts = answered.answers.map(answerOf);
      if (answered.problem) {
        parts.push(make("p", { class: "warning", role: "alert" }, answered.problem));
        if (answered.hint) parts.push(make("p", { class: "note" }, answered.hint));
      }
      if (answered.left) parts.push(make("p", { class: "note" }, answered.left));
      root.replaceChildren(...parts);
      return "drawn";
    },
  };
})();

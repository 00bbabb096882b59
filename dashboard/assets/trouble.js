/* What the reader is told when the server does not answer a page's call, instead of nothing. */
"use strict";

(function () {
  const CALL = "/_dash-update-component";
  const AWAY = "The server does not answer. What you see stays; it may be out of date.";
  const FAILED = "The server could not work this out. What you see may be incomplete.";
  const ask = window.fetch;
  let line = null;
  let leaving = false;

  function close() {
    if (line) line.remove();
    line = null;
  }
  function button(name, act) {
    const element = document.createElement("button");
    element.type = "button";
    element.className = "link";
    element.textContent = name;
    element.addEventListener("click", act);
    return element;
  }
  function tell(words) {
    close();
    line = document.createElement("div");
    line.className = "trouble";
    line.setAttribute("role", "alert");
    line.append(words + " ", button("Reload", () => window.location.reload()), " ", button("Close", close));
    line.dataset.words = words;
    document.body.prepend(line);
  }

  window.addEventListener("pagehide", () => (leaving = true));
  window.addEventListener("pageshow", () => (leaving = false));
  window.fetch = async function (what, options) {
    const isCall = String((what && what.url) || what).includes(CALL);
    if (!isCall) return ask(what, options);
    try {
      const answer = await ask(what, options);
      if (!answer.ok) tell(FAILED);
      else if (line && line.dataset.words === AWAY) close();
      return answer;
    } catch (error) {
      if (!leaving && error.name !== "AbortError") tell(AWAY);
      throw error;
    }
  };
})();

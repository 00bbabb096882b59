/* Reviewing: the form of a decision, the keys, and where the focus goes. */
"use strict";

(function () {
  const dash = (window.dash_clientside = window.dash_clientside || {});
  const ASKED = {
    confirm: ["Confirm as it is read", "Reason (may stay empty)"],
    correct: ["Correct what is wrong", "Reason"],
    reject: ["Reject: it is no such amount", "Reason"],
    undo: ["Undo the decision", "Reason (may stay empty)"],
  };
  /* The button that opened the form gets the focus back. */
  let opener = null;

  const page = () => document.getElementById("review");
  const form = () => document.getElementById("review-form");
  const shown = (element) => element && element.getClientRects().length > 0 && !element.disabled;

  function press(key) {
    const wanted = { u: ".undo", n: "#review-next", p: "#review-before" }[key] || `[data-key="${key}"]`;
    const button = /^[a-z]$/.test(key) && [...page().querySelectorAll(wanted)].find(shown);
    if (button) button.click();
    return Boolean(button);
  }
  function isTyping(target) {
    return target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], [role=listbox]");
  }
  document.addEventListener("keydown", function (event) {
    if (!page() || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const isInForm = form() && form().contains(event.target);
    const isChoosing = event.target.getAttribute("aria-expanded") === "true";
    if (shown(form()) && event.key === "Escape" && !isChoosing) {
      document.getElementById("review-cancel").click();
    } else if (isInForm && event.key === "Enter" && event.target.tagName === "INPUT" && !isChoosing) {
      event.preventDefault();
      document.getElementById("review-save").click();
    } else if (!isTyping(event.target) && !event.repeat) {
      const keys = document.getElementById("review-keys");
      if (keys && keys.checked && press(event.key)) event.preventDefault();
    }
  });

  dash.reviewing = {
    open() {
      const what = dash.callback_context.triggered.find((one) => one.value);
      const same = dash.no_update;
      if (!what) return [same, same, same, same, same, same];
      const id = what.prop_id.slice(0, what.prop_id.lastIndexOf("."));
      if (id === "review-cancel") {
        // At once: until a hidden field has lost the focus it would swallow the next key.
        document.activeElement.blur();
        if (opener && document.contains(opener)) opener.focus();
        return [null, true, true, "", "Reason", true];
      }
      const undoes = id.startsWith("{") ? JSON.parse(id).review : null;
      const action = undoes ? "undo" : id.replace("review-", "");
      const [title, reason] = ASKED[action];
      opener = document.activeElement;
      setTimeout(() => {
        const fields = document.querySelector("#review-fields input:not([type=hidden])");
        (action === "correct" ? fields : document.getElementById("review-reason")).focus();
        form().scrollIntoView({ block: "nearest" });
      }, 50);
      return [{ action, review: undoes }, false, action !== "correct", title, reason, true];
    },

    /* A decision that was refused: the focus goes to where it is mended. */
    refused(problem) {
      const field = problem.includes("your name") ? "review-name" : "review-reason";
      if (problem) setTimeout(() => document.getElementById(field).focus(), 50);
      return dash.no_update;
    },

    /* After a decision the next mention is read out. */
    arrived(decided) {
      const title = document.getElementById("evidence-title");
      if (decided && title) setTimeout(() => title.focus({ preventScroll: true }), 0);
      return dash.no_update;
    },
  };
})();

/* The form of documents to add: the file field, sending it, and where the focus goes. */
"use strict";

(function () {
  const dash = (window.dash_clientside = window.dash_clientside || {});

  /* Milliseconds between an answer and the next question. */
  const EVERY = 300;

  function tell(problem) {
    const line = document.getElementById("add-problem");
    line.textContent = problem;
    line.hidden = !problem;
  }
  function wait(words) {
    document.getElementById("add-state").textContent = words;
    document.getElementById("add-read").disabled = Boolean(words);
  }

  async function send(form) {
    const most = Number(form.dataset.most);
    const files = document.getElementById("add-files").files;
    const size = [...files].reduce((sum, file) => sum + file.size, 0);
    tell("");
    if (size > most) {
      tell(`bigger than ${most / 1048576} MB in all, not read: add the files one by one`);
      return;
    }
    wait("Sending …");
    try {
      const answer = await fetch(form.dataset.to, { method: "POST", body: new FormData(form) });
      if (answer.ok) {
        const said = await answer.json();
        window.location.assign(`${window.location.pathname}?job=${said.job}`);
        return;
      }
      tell((await answer.text()) || `The server refused it (${answer.status}).`);
    } catch {
      tell("The server cannot be reached. What you wrote is still here.");
    }
    wait("");
  }
  document.addEventListener("submit", function (event) {
    if (event.target.id !== "add-form") return;
    event.preventDefault();
    send(event.target);
  });

  dash.adding = {
    form() {
      const place = document.getElementById("add-files-place");
      if (place && !place.firstChild) {
        const field = document.createElement("input");
        Object.assign(field, { type: "file", id: "add-files", name: "files", multiple: true });
        place.append(field);
      }
      return true;
    },

    /* How a reading stands has come: while it is under way, it is asked again in a moment, and
       when it has ended, what came of it is read out. */
    arrived() {
      setTimeout(() => {
        const title = document.getElementById("add-title");
        if (document.querySelector("#add-job .under-way")) {
          dash.set_props("add-tick", { data: Date.now() });
        } else if (title && document.activeElement === document.body) {
          title.focus();
        }
      }, EVERY);
      return true;
    },
  };
})();

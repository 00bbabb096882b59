/* Choosing a mention, focus, the size of charts. The address: shell.js. */
"use strict";

(function () {
  /* Dash fills this object after the assets have run. */
  const dash = (window.dash_clientside = window.dash_clientside || {});
  /* The filters whose rows the grid holds. */
  let rowsOf = null;
  let opener = null;
  let wantsFocus = false;

  /* How wide the chart's place is, and whether the scheme is dark: what the server draws for. */
  function screenNow() {
    const panel = document.getElementById("chart-panel");
    if (!panel || !panel.clientWidth) return null;
    return {
      width: Math.floor(panel.clientWidth / 20) * 20,
      dark: document.documentElement.getAttribute("data-mantine-color-scheme") === "dark",
    };
  }
  let published = "";
  function publish() {
    const screen = screenNow();
    if (!screen || JSON.stringify(screen) === published) return;
    published = JSON.stringify(screen);
    dash.set_props("screen", { data: screen });
    fitColumns(screen);
  }
  /* On a phone the amount as written is left to the evidence. */
  function fitColumns(screen) {
    window.dash_ag_grid.getApiAsync("grid").then((api) => {
      api.setColumnsVisible(["quote"], screen.width >= 640);
    });
  }
  let waiting = null;
  function publishSoon() {
    clearTimeout(waiting);
    waiting = setTimeout(publish, 60);
  }
  const sizes = new ResizeObserver(publishSoon);
  new MutationObserver(publishSoon).observe(document.documentElement, {
    attributes: true,
    attributeFilter: ["data-mantine-color-scheme"],
  });

  function triggered() {
    const context = dash.callback_context;
    return context.triggered.find((one) => one.value) || null;
  }

  /* Nothing is chosen any more, so that the same row or mark can be chosen again. */
  function close() {
    dash.set_props({ type: "part", name: "mention" }, { data: null });
    dash.set_props("chart", { clickData: null });
    for (const id of ["grid", "figures"]) {
      window.dash_ag_grid.getApiAsync(id).then((api) => api.deselectAll());
    }
    if (opener && document.contains(opener)) opener.focus();
    opener = null;
  }
  document.addEventListener("keydown", function (event) {
    const panel = document.getElementById("evidence-panel");
    if (event.key === "Escape" && panel && !panel.hidden && panel.contains(event.target)) close();
  });

  window.dashAgGridFunctions = window.dashAgGridFunctions || {};
  window.dashAgGridFunctions.openWithEnter = function (params) {
    if (params.event.key !== "Enter" || !params.node) return;
    opener = document.activeElement;
    wantsFocus = true;
    if (params.node.isSelected()) focusEvidence();
    params.node.setSelected(true, true);
  };

  function focusEvidence() {
    const title = document.getElementById("evidence-title");
    if (!wantsFocus || !title) return;
    wantsFocus = false;
    title.focus();
  }

  dash.view = {
    /* The id of the mention that a mark, a row or a button stands for. */
    choose() {
      const what = triggered();
      if (!what) return dash.no_update;
      if (what.prop_id === "close.n_clicks") {
        close();
        return null;
      }
      if (what.prop_id === "chart.clickData") return what.value.points[0].customdata;
      if (what.prop_id.endsWith(".selectedRows")) {
        return what.value.length ? what.value[0].mention_id : dash.no_update;
      }
      wantsFocus = true;
      return JSON.parse(what.prop_id.slice(0, what.prop_id.lastIndexOf("."))).mention;
    },

    currency() {
      const what = triggered();
      if (!what) return dash.no_update;
      return [JSON.parse(what.prop_id.slice(0, what.prop_id.lastIndexOf("."))).code];
    },

    sort(request) {
      if (!request) return dash.no_update;
      return (request.sortModel || [])
        .map((part) => (part.sort === "desc" ? "-" : "") + part.colId)
        .join(",");
    },

    /* Other filters, other rows. */
    purge(filters) {
      const before = rowsOf;
      rowsOf = filters;
      if (before === null || before === filters) return dash.no_update;
      window.dash_ag_grid.getApiAsync("grid").then((api) => {
        if (api.getDisplayedRowCount()) api.ensureIndexVisible(0);
        api.purgeInfiniteCache();
      });
      return dash.no_update;
    },

    show(value) {
      return [value !== "chart", value !== "table", value === "chart" ? null : value];
    },

    /* The address of the same selection as CSV. */
    csv(filters, sort) {
      const query = new URLSearchParams(filters);
      if (sort) query.set("sort", sort);
      return "/mentions.csv" + (query.toString() ? "?" + query : "");
    },

    measure() {
      sizes.disconnect();
      sizes.observe(document.getElementById("chart-panel"));
      const screen = screenNow();
      published = JSON.stringify(screen);
      if (screen) fitColumns(screen);
      return screen;
    },

    /* After the evidence came: focus follows those who asked for it with the keyboard. */
    arrived() {
      setTimeout(focusEvidence, 0);
      return dash.no_update;
    },
  };
})();

/* The panel of the chosen figures, the table of figures, and buttons that copy. Address: shell.js. */
"use strict";

(function () {
  const dash = (window.dash_clientside = window.dash_clientside || {});
  const GRID = { type: "rows", name: "figures" };
  const NARROW = 640;
  const FOR_NARROW = ["amount", "status", "donor", "recipient"];
  /* What was focused when the panel was asked for, and whether focus goes there. */
  let opener = null;
  let wantsFocus = false;

  /* The query string of what the page of figures shows. */
  function asked(filters, sort, about) {
    const query = new URLSearchParams(filters || "");
    if (sort) query.set("sort", sort);
    if (about) query.set("about", about);
    return query.toString() ? "?" + query : "";
  }

  const gridApi = (id) => window.dash_ag_grid.getApiAsync(id);

  function triggered() {
    const context = dash.callback_context;
    return context.triggered.find((one) => one.value && (!Array.isArray(one.value) || one.value.length)) || null;
  }
  /* Nothing is chosen any more, so that the same row or mark can be chosen again. */
  function close() {
    dash.set_props({ type: "part", name: "figure" }, { data: null });
    document.querySelectorAll(".js-plotly-plot").forEach((plot) => {
      const place = plot.closest("[id*='\"type\":\"chart\"']");
      if (place) dash.set_props(JSON.parse(place.id), { clickData: null });
    });
    document.querySelectorAll("[id*='\"type\":\"rows\"']").forEach((place) => {
      gridApi(JSON.parse(place.id)).then((api) => api.deselectAll());
    });
    if (opener && document.contains(opener)) opener.focus();
    opener = null;
  }
  document.addEventListener("keydown", function (event) {
    const panel = document.getElementById("evidence-panel");
    if (event.key === "Escape" && panel && !panel.hidden && panel.contains(event.target)) close();
  });
  function focusPanel() {
    const title = document.getElementById("evidence-title");
    if (!wantsFocus || !title) return;
    wantsFocus = false;
    title.focus();
  }

  window.dashAgGridFunctions = window.dashAgGridFunctions || {};
  window.dashAgGridFunctions.openWithEnter = function (params) {
    if (params.event.key !== "Enter" || !params.node) return;
    opener = document.activeElement;
    wantsFocus = true;
    if (params.node.isSelected()) focusPanel();
    params.node.setSelected(true, true);
  };

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const words = button.textContent;
    navigator.clipboard.writeText(button.dataset.copy || window.location.href).then(
      () => (button.textContent = button.dataset.done),
      () => (button.textContent = "The browser does not allow copying")
    );
    setTimeout(() => (button.textContent = words), 2000);
  });

  dash.panel = {
    /* The ids of the figures that a mark, a row or a button stands for. */
    choose() {
      const what = triggered();
      if (!what) return dash.no_update;
      if (what.prop_id === "close.n_clicks") {
        close();
        return null;
      }
      if (what.prop_id.endsWith(".clickData")) {
        return what.value.points[0].customdata || dash.no_update;
      }
      if (what.prop_id.endsWith(".selectedRows")) return what.value[0].figure_id;
      wantsFocus = true;
      return JSON.parse(what.prop_id.slice(0, what.prop_id.lastIndexOf("."))).figure;
    },
    /* After the evidence came: focus follows those who asked for it with the keyboard. */
    arrived() {
      setTimeout(focusPanel, 0);
      return dash.no_update;
    },
  };

  dash.grid = {
    about(value) {
      return (value || "").trim() || null;
    },
    sort(request) {
      if (!request) return dash.no_update;
      return (request.sortModel || [])
        .map((part) => (part.sort === "desc" ? "-" : "") + part.colId)
        .join(",");
    },
    columns(chosen) {
      gridApi(GRID).then((api) => {
        const all = api.getColumns().map((column) => column.getColId());
        api.setColumnsVisible(all.filter((name) => !chosen.includes(name)), false);
        api.setColumnsVisible(chosen, true);
      });
      return chosen.join(",");
    },
    /* On a phone few columns are shown, unless the reader chose some. */
    fit(_, chosen) {
      if (chosen || window.innerWidth >= NARROW) return dash.no_update;
      gridApi(GRID).then((api) => {
        const all = api.getColumns().map((column) => column.getColId());
        api.setColumnsVisible(all.filter((name) => !FOR_NARROW.includes(name)), false);
      });
      return dash.no_update;
    },
    /* Other filters, other rows. */
    purge(filters, about, before) {
      const now = (filters || "") + "\n" + (about || "");
      if (before === undefined || before === null || before === now) return now;
      gridApi(GRID).then((api) => {
        if (api.getDisplayedRowCount()) api.ensureIndexVisible(0);
        api.purgeInfiniteCache();
      });
      return now;
    },
    csv(filters, sort, about) {
      return "/figures.csv" + asked(filters, sort, about);
    },
    files(filters, sort, about, ...hrefs) {
      return hrefs.map((href) => href.split("?")[0] + asked(filters, sort, about));
    },
  };
})();

/* The view of the page: the controls to the address and back, choosing a mention, focus.
   The layout reads the address (dashboard/state.py); only this file writes it. */
"use strict";

(function () {
  /* Dash fills this object after the assets have run. */
  const dash = (window.dash_clientside = window.dash_clientside || {});
  const FILTERS = ["donor", "recipient", "status", "currency", "q"];
  /* The query string that Dash knows of. It does not see history.pushState. */
  let known = window.location.search;
  /* Whether the page has written its address since it was laid out from one. */
  let settled = false;
  /* The filters whose rows the grid holds. */
  let rowsOf = null;
  let opener = null;
  let wantsFocus = false;

  function moved() {
    if (window.location.search === known) {
      dash.set_props("step", { data: Date.now() });
    }
    known = window.location.search;
    settled = false;
  }
  window.addEventListener("popstate", moved);
  window.addEventListener("_dashprivate_pushstate", moved);

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
    dash.set_props("mention", { data: null });
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
    /* The controls as a query string of filters alone. */
    filters(donor, recipient, status, currency, q, others) {
      const query = new URLSearchParams();
      [donor, recipient, status, currency].forEach((values, index) =>
        (values || []).forEach((value) =>
          query.append(FILTERS[index], value.replace(/[\\,]/g, "\\$&"))
        )
      );
      if (q && q.trim()) query.append("q", q.trim());
      (others || []).forEach(([name, value]) => query.append(name, value));
      return query.toString();
    },

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
      return [value !== "chart", value !== "table"];
    },

    /* Writes the address; gives the address of the same selection as CSV. */
    write(filters, mention, sort, show) {
      const query = new URLSearchParams(filters);
      const old = new URLSearchParams(window.location.search);
      const order = sort === undefined || sort === null ? old.get("sort") : sort;
      if (order) query.set("sort", order);
      const csv = "/mentions.csv" + (query.toString() ? "?" + query : "");
      if (show === "table") query.set("show", show);
      if (mention) query.set("mention", mention);
      const search = query.toString() ? "?" + query : "";
      const same = new URLSearchParams(window.location.search).toString() === query.toString();
      const way = settled ? "pushState" : "replaceState";
      if (!same) window.history[way]({}, "", window.location.pathname + search);
      settled = true;
      return csv;
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

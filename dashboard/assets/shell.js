/* The view of a page and its address: controls to the address and back, and the links that carry
   the filters along. Pages are laid out from the address (dashboard/state.py); only this writes it. */
"use strict";

(function () {
  /* Dash fills this object after the assets have run. */
  const dash = (window.dash_clientside = window.dash_clientside || {});
  /* The address that Dash knows of. It does not see history.pushState. */
  let known = here();
  /* Whether the page has written its address since it was laid out from one. */
  let settled = false;

  function sorted(query) {
    const copy = new URLSearchParams(query);
    copy.sort();
    return copy.toString();
  }
  function here() {
    return window.location.pathname + window.location.search;
  }
  function moved() {
    if (here() === known) dash.set_props("step", { data: Date.now() });
    known = here();
    settled = false;
    dash.set_props("address", { data: here() });
  }
  window.addEventListener("popstate", moved);
  window.addEventListener("_dashprivate_pushstate", moved);

  /* What links carry along, without what a page takes for its own. */
  function carried(except) {
    const names = document.getElementById("pages").dataset.carried.split(" ");
    const query = new URLSearchParams();
    for (const [name, value] of new URLSearchParams(window.location.search)) {
      if (names.includes(name) && !except.includes(name)) query.append(name, value);
    }
    return query.toString();
  }
  const isAt = (path) =>
    path === "/" ? window.location.pathname === "/" : (window.location.pathname + "/").startsWith(path + "/");

  dash.shell = {
    /* The controls as a query string of filters alone. */
    filters(values, ids) {
      const query = new URLSearchParams();
      ids.forEach((id, index) => {
        const value = values[index];
        if (Array.isArray(value)) {
          value.forEach((one) => query.append(id.name, one.replace(/[\\,]/g, "\\$&")));
        } else if (value && value.trim()) {
          query.append(id.name, value.trim());
        }
      });
      return query.toString();
    },

    /* Writes the parts of the page into its address, the filters first; gives the address. */
    write(values, ids) {
      const names = ids.map((id) => id.name);
      if (!names.length) return here();
      const old = new URLSearchParams(window.location.search);
      const place = names.indexOf("filters");
      const filters = document.getElementById("pages").dataset.carried.split(" ");
      const query = new URLSearchParams(place < 0 ? "" : values[place] || "");
      names.forEach((name, index) => {
        const value = values[index];
        if (name !== "filters" && value !== null && value !== undefined && value !== "") {
          query.set(name, value);
        }
      });
      for (const [name, value] of old) {
        if (!names.includes(name) && !(place >= 0 && filters.includes(name))) query.append(name, value);
      }
      const search = query.toString() ? "?" + query : "";
      if (sorted(old) !== sorted(query)) {
        const way = settled ? "pushState" : "replaceState";
        window.history[way]({}, "", window.location.pathname + search);
      }
      settled = true;
      return here();
    },

    /* The page is laid out anew. */
    again() {
      return Date.now();
    },

    /* The links of the navigation: with the filters of the address, and which one is here. */
    carry(_, ids) {
      const own = {};
      ids.forEach((id) => (own[id.path] = id.own ? id.own.split(" ") : []));
      const current = ids.map((id) => id.path).filter(isAt);
      const mine = current.flatMap((path) => own[path]);
      setTimeout(() => {
        document.querySelectorAll("#pages a").forEach((link) => {
          const path = new URL(link.href).pathname;
          if (current.includes(path)) link.setAttribute("aria-current", "page");
          else link.removeAttribute("aria-current");
        });
      }, 0);
      return ids.map((id) => {
        const query = carried([...mine, ...own[id.path]]);
        return id.path + (query ? "?" + query : "");
      });
    },
  };
})();

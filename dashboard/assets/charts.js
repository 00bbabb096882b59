/* The charts: how wide they are, which tab shows, and their pictures. */
"use strict";

(function () {
  const dash = (window.dash_clientside = window.dash_clientside || {});

  /* How wide the charts' place is, and whether the scheme is dark: what the server draws for. */
  function screenNow() {
    const panel = document.getElementById("ladder-panel");
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

  function pressed() {
    const what = dash.callback_context.triggered.find((one) => one.value);
    if (!what) return null;
    return JSON.parse(what.prop_id.slice(0, what.prop_id.lastIndexOf("."))).value;
  }

  /* A picture of a chart as it is, with its sentence above and its source below. */
  function picture(name, format) {
    const plot = document.querySelector("#" + name + "-figure .js-plotly-plot");
    const ink = getComputedStyle(document.body).color;
    const margin = Object.assign({}, plot.layout.margin);
    const words = (id) => document.getElementById(name + id).textContent;
    const break_ = (text, length) =>
      text.split(" ").reduce((lines, word) => {
        const last = lines[lines.length - 1];
        if ((last + " " + word).length > length) lines.push(word);
        else lines[lines.length - 1] = (last + " " + word).trim();
        return lines;
      }, [""]);
    const safe = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
    const width = plot.clientWidth;
    const title = break_(words("-headline"), Math.floor(width / 11)).map(safe);
    const source = break_(words("-notes"), Math.floor(width / 6.2)).map(safe);
    const above = title.length * 27 + 16;
    const below = source.length * 16 + 20;
    const height = plot.clientHeight + above + below;
    margin.t += above;
    margin.b += below;
    const annotations = (plot.layout.annotations || []).map((one) => Object.assign({}, one));
    const layout = Object.assign({}, plot.layout, {
      margin, width, height, autosize: false, annotations,
      paper_bgcolor: getComputedStyle(document.body).backgroundColor,
      title: {
        text: title.join("<br>"), x: 0, xref: "container", xanchor: "left", y: 1, yanchor: "top",
        pad: { t: 12, l: 8 }, font: { family: "Georgia, serif", size: 20, color: ink, weight: 700 },
      },
    });
    annotations.push({
      text: source.join("<br>"), xref: "paper", yref: "paper", x: 0, y: 0, xanchor: "left",
      yanchor: "top", align: "left", showarrow: false, xshift: 8 - margin.l, yshift: -plot.layout.margin.b - 12,
      font: { size: 12, color: ink },
    });
    return window.Plotly.downloadImage(
      { data: plot.data, layout },
      { format, width, height, scale: format === "png" ? 2 : 1, filename: "tracker-" + name }
    );
  }
  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-image]");
    if (button) picture(button.dataset.chart, button.dataset.image);
    document.querySelectorAll("details.downloads[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  dash.charts = {
    press() {
      const value = pressed();
      return value === null ? dash.no_update : [value];
    },
    stage() {
      const value = pressed();
      return value === null ? dash.no_update : value;
    },
    show(value) {
      return [value !== "chart", value !== "table", value !== "how", value === "chart" ? null : value];
    },
    measure() {
      sizes.disconnect();
      sizes.observe(document.getElementById("ladder-panel"));
      const screen = screenNow();
      published = JSON.stringify(screen);
      return screen;
    },
  };
})();

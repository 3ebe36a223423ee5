// Maps over the force's own boundaries. Tiles come only from the address the force has set; without one,
// boundaries and points stand on a plain ground.
import L from "leaflet"

for (const box of document.querySelectorAll("[data-map]")) {
  const map = L.map(box, { scrollWheelZoom: false, zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches })
  if (box.dataset.tiles) L.tileLayer(box.dataset.tiles, { attribution: box.dataset.attribution ?? "" }).addTo(map)
  const shapes = JSON.parse(document.getElementById(box.dataset.map).textContent)
  const drawn = L.geoJSON(shapes, {
    pointToLayer: (feature, at) => L.circleMarker(at, { radius: 7, className: `fw-point fw-point--${feature.properties.tone ?? "note"}` }),
    onEachFeature: (feature, layer) => { if (feature.properties.text) layer.bindTooltip(document.createTextNode(feature.properties.text)) },
    style: () => ({ className: "fw-boundary" }),
  }).addTo(map)
  map.fitBounds(drawn.getBounds().pad(0.05))
}

/**
 * The layout of table cards: eight on a sheet, all alike, with dashed lines to cut along. Every word comes from
 * `sys.inputs` and is placed with `text()`. Lines and margins are in the background, which readers skip.
 */
export const TABLE_CARDS_TEMPLATE = String.raw`
#let d = json(bytes(sys.inputs.sheet))
#let (columns, rows) = (2, 4)
#let (card-width, card-height) = (90mm, 62mm)
#let (sheet-width, sheet-height) = (a4: (210mm, 297mm), us-letter: (215.9mm, 279.4mm)).at(d.paper)
#let x0 = (sheet-width - columns * card-width) / 2
#let y0 = (sheet-height - rows * card-height) / 2
#let cut = (paint: rgb("#8a8a92"), thickness: 0.4pt, dash: "dashed")

#set document(title: "Cards", date: none)
#set page(
  paper: d.paper,
  // A hair of room below, so that the last row never misses its place by rounding.
  margin: (x: x0, top: y0, bottom: y0 - 0.5mm),
  background: {
    for i in range(columns + 1) { place(top + left, dx: x0 + i * card-width, line(length: sheet-height, angle: 90deg, stroke: cut)) }
    for i in range(rows + 1) { place(top + left, dy: y0 + i * card-height, line(length: sheet-width, stroke: cut)) }
  },
)
#set text(font: d.fonts, lang: d.lang, size: 9pt, fill: rgb("#1b1b1f"), fallback: false, hyphenate: false)
#set par(leading: 0.55em, spacing: 0.8em)

#let instruction(line) = {
  set text(lang: line.lang, dir: if line.dir == "rtl" { rtl } else { ltr })
  set align(start)
  par(text(line.text))
}

#let card = block(width: card-width, height: card-height, inset: 5mm, breakable: false, {
  grid(
    columns: (35mm, 1fr),
    column-gutter: 4mm,
    image(bytes(d.square), format: "svg", width: 35mm, alt: d.squareAlt),
    d.lines.map(instruction).join(),
  )
  v(1fr)
  par(text(size: 17pt, weight: "bold", d.code))
  par(text(size: 8.5pt, d.address.map(text).join(h(0.01pt))))
})

#grid(columns: columns * (card-width,), rows: card-height, ..range(d.cards).map(_ => card))
`;

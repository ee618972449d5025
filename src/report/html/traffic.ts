import type {InspectedRoute} from '../../inspect/traffic.ts'
import {inSeries} from '../../wording.ts'
import {type Html, html} from './html.ts'
import type {Ids} from './ids.ts'
import type {Marks} from './marks.ts'
import {placeText} from './place.ts'
import {arrow, box, boxHeight, type Line, picture, type Tone, tip} from './svg.ts'

interface Station {
  lines: Line[]
  tone: Tone
}

/** The way of requests: public port, service, internal port, process, address; one picture for each. */
export function trafficSection(routes: readonly InspectedRoute[], marks: Marks, ids: Ids): Html | undefined {
  if (routes.length === 0) return undefined
  return html`<section aria-labelledby="${ids.labels('traffic')}">
<h2 id="${ids.of('traffic')}">The way of a request</h2>
${routes.map((route, index) => figure(stationsOf(route, marks), ids.of(`route-${index + 1}`), inWords(route)))}</section>`
}

const figure = (stations: readonly Station[], id: string, words: string): Html => html`<figure>
${across(stations, id)}
${down(stations, id)}
<figcaption id="${id}">${words}</figcaption>
</figure>
`

function stationsOf(route: InspectedRoute, marks: Marks): Station[] {
  const {service, ports, protocol, internalPort, group, command, listens, at} = route
  const tone = (...found: Parameters<Marks['on']>): Tone => marks.on(...found) ?? 'plain'
  const station = (label: string, values: readonly string[], details: readonly string[], own: Tone): Station => ({
    lines: [
      {text: label, kind: 'label'},
      ...values.map((text): Line => ({text, kind: 'value'})),
      ...details.map((text): Line => ({text, kind: 'detail'})),
    ],
    tone: own,
  })
  const shown = ports.length > 2 ? [ports[0] as string, `and ${ports.length - 1} more`] : ports
  return [
    ports.length > 0
      ? station('Public ports', shown, [], 'plain')
      : station('Public ports', ['none'], ['private network only'], 'unknown'),
    station('Service', [service], [placeText(at.service)], tone([at.service])),
    station('Internal port', [`${internalPort}/${protocol}`], [placeText(at.port)], tone([at.port], {related: true})),
    station(
      `Process ${group}`,
      [command ?? 'of the base image'],
      at.server ? [placeText(at.server)] : [],
      command === null ? 'unknown' : tone([at.server]),
    ),
    listens
      ? station('Address', listens.addresses.slice(0, 2), [listens.server], tone([at.server, at.code], {related: true}))
      : station('Address', ['not known'], ['no server is seen'], 'unknown'),
  ]
}

/** From left to right, for a wide screen. */
function across(stations: readonly Station[], id: string): Html {
  const [width, gap] = [176, 30]
  const height = Math.max(...stations.map(({lines}) => boxHeight(lines)))
  const content = stations.map(({lines, tone}, index) => {
    const x = 1 + index * (width + gap)
    const middle = height / 2
    const way = index > 0 && [arrow(`M${x - gap} ${middle}H${x - 5}`, tone), tip(x, middle, 'right', tone)]
    return [way, box({x, y: 1, width, height: height - 2}, lines, tone)]
  })
  const total = stations.length * (width + gap) - gap + 2
  return picture({width: total, height, labelledBy: id, className: 'across'}, content)
}

/** From top to bottom, for a narrow one. */
function down(stations: readonly Station[], id: string): Html {
  const [width, gap] = [330, 24]
  let y = 1
  const content = stations.map(({lines, tone}, index) => {
    const height = boxHeight(lines)
    const way = index > 0 && [arrow(`M${width / 2} ${y - gap}V${y - 5}`, tone), tip(width / 2, y, 'down', tone)]
    const drawn = [way, box({x: 1, y, width, height}, lines, tone)]
    y += height + gap
    return drawn
  })
  return picture({width: width + 2, height: y - gap + 1, labelledBy: id, className: 'down'}, content)
}

function inWords({service, ports, internalPort, protocol, group, command, listens, at}: InspectedRoute): string {
  const from = ports.length > 0 ? `Requests to ${inSeries(ports)}` : 'Requests of the private network'
  const way = `${from} go through ${service} (${placeText(at.service)}) to port ${internalPort} (${protocol}) of the machines of ${group}`
  const start = command === null ? 'What these start, the base image alone knows.' : `These start ${command}.`
  if (!listens) return `${way}. ${start} Where it listens is not known.`
  return `${way}. ${start} There ${listens.server} listens on ${inSeries(listens.addresses)}.`
}

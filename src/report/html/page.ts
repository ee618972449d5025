import {createHash} from 'node:crypto'
import {Html, html, type Part} from './html.ts'
import {style} from './style.ts'

const css = new Html(style)
/** The page can load nothing and run nothing; only the style above counts, whatever a name of the project brings. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** A whole document: one file that needs nothing beside it. */
export const page = (title: string, body: Part): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${css}</style>
</head>
<body>
${body}
</body>
</html>
`.text

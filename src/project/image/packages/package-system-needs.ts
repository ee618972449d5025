/** What a package needs of the system, which the slim and Alpine images do not have. */
export interface SystemNeed {
  /** A program, or a shared library. */
  needs: string
  debian: string
  /** '': the image of Alpine has it. */
  alpine: string
  /** Packages with these names bring it, too. */
  also?: RegExp
  /** What happens without it. */
  when: 'it is imported' | 'it is used'
  /** Packages of the language that bring it along. */
  unless?: RegExp
}

const need = (
  needs: string,
  debian: string,
  alpine: string,
  when: SystemNeed['when'],
  more: Partial<SystemNeed> = {},
): SystemNeed => ({
  needs,
  debian,
  alpine,
  when,
  ...more,
})
const ffmpeg = need('the program ffmpeg', 'ffmpeg', 'ffmpeg', 'it is used', {
  unless: /ffmpeg-(static|installer)|imageio-ffmpeg|static-ffmpeg/,
})
const pango = need('the library Pango', 'libpango-1.0-0', 'pango', 'it is imported', {also: /pango|weasyprint/})
const wkhtmltopdf = need('the program wkhtmltopdf', 'wkhtmltopdf', 'wkhtmltopdf', 'it is used', {
  also: /wkhtmlto/,
  unless: /wkhtmltopdf-(binary|heroku|installer)/,
})
const tesseract = need('the program tesseract', 'tesseract-ocr', 'tesseract-ocr', 'it is used')
const pandoc = need('the program pandoc', 'pandoc', 'pandoc', 'it is used', {unless: /pypandoc-binary/})
const libGL = need('the library libGL', 'libgl1', 'mesa-gl', 'it is imported', {also: /libgl|mesa|opencv|ffmpeg/})
const dot = need('the program dot of Graphviz', 'graphviz', 'graphviz', 'it is used')
const java = need('a Java runtime', 'default-jre-headless', 'openjdk21-jre-headless', 'it is used', {
  also: /jre|jdk|java/,
})
const magick = need('the program ImageMagick', 'imagemagick', 'imagemagick', 'it is used', {also: /magick/i})

/** By language: each of the packages says so in its own README. */
const python: Readonly<Record<string, SystemNeed>> = {
  'python-magic': need('the library libmagic', 'libmagic1', 'libmagic', 'it is imported', {
    also: /^(file|libmagic.*)$/,
  }),
  'ffmpeg-python': ffmpeg,
  ffmpy: ffmpeg,
  pydub: ffmpeg,
  'openai-whisper': ffmpeg,
  pytesseract: tesseract,
  pypandoc: pandoc,
  pyvips: need('the library libvips', 'libvips42', 'vips', 'it is imported', {also: /vips/, unless: /pyvips-binary/}),
  lightgbm: need('the library libgomp', 'libgomp1', 'libgomp', 'it is imported', {also: /gomp|gcc|g\+\+|^build-/}),
  pdf2image: need('the programs of poppler', 'poppler-utils', 'poppler-utils', 'it is used'),
  weasyprint: pango,
  cairosvg: need('the library cairo', 'libcairo2', 'cairo', 'it is imported', {also: /cairo|pango/}),
  'opencv-python': libGL,
  'opencv-contrib-python': libGL,
  pyzbar: need('the library zbar', 'libzbar0', 'zbar', 'it is imported', {also: /zbar/}),
  graphviz: dot,
  pydot: dot,
  pyspark: java,
  'tabula-py': java,
  konlpy: java,
  'language-tool-python': java,
  sounddevice: need('the library PortAudio', 'libportaudio2', 'portaudio', 'it is imported', {also: /portaudio/}),
  ocrmypdf: tesseract,
  pdfkit: wkhtmltopdf,
  imgkit: wkhtmltopdf,
  wand: need('the library ImageMagick', 'libmagickwand-6.q16-6', 'imagemagick', 'it is imported', {also: /magick/i}),
}
const node: Readonly<Record<string, SystemNeed>> = {
  'fluent-ffmpeg': ffmpeg,
  wkhtmltopdf,
  gm: magick,
  imagemagick: magick,
  'node-tesseract-ocr': tesseract,
  'node-poppler': need('the programs of poppler', 'poppler-utils', 'poppler-utils', 'it is used'),
  'node-pandoc': pandoc,
  'libreoffice-convert': need('the program LibreOffice', 'libreoffice', 'libreoffice', 'it is used', {
    also: /libreoffice/,
  }),
  // The Chrome that it downloads is linked to them (puppeteer, docs/troubleshooting.md).
  puppeteer: need('the libraries of Chrome', 'chromium', 'chromium', 'it is used', {
    also: /chrom|^(?:lib)?nss3?$|^libgbm|^libatk|firefox/,
    unless: /chromium|chrome-aws-lambda/,
  }),
  // Its connection is no one of Node's, which has certificates of its own (temporalio/sdk-typescript, issue 1584).
  '@temporalio/worker': need('the certificates of the system', 'ca-certificates', '', 'it is used', {
    also: /certificates|^(?:curl|wget|git|chromium|nginx)$/,
  }),
}
const ruby: Readonly<Record<string, SystemNeed>> = {
  mini_magick: magick,
  'ruby-vips': need('the library libvips', 'libvips42', 'vips', 'it is used', {also: /vips/}),
  'streamio-ffmpeg': ffmpeg,
  wicked_pdf: wkhtmltopdf,
  pdfkit: wkhtmltopdf,
  rtesseract: tesseract,
  'pandoc-ruby': pandoc,
}

const chrome = need('the program Chrome', 'chromium', 'chromium', 'it is used', {also: /chrom|headless-shell/})
/** By the name in mix.exs. */
const elixir: Readonly<Record<string, SystemNeed>> = {
  chromic_pdf: chrome,
  ffmpex: ffmpeg,
  mogrify: magick,
  pdf_generator: wkhtmltopdf,
  pandex: pandoc,
  tesseract_ocr: tesseract,
}
/** By the path of the module. */
const go: Readonly<Record<string, SystemNeed>> = {
  'github.com/chromedp/chromedp': chrome,
  'github.com/u2takey/ffmpeg-go': ffmpeg,
  'github.com/SebastiaanKlippert/go-wkhtmltopdf': wkhtmltopdf,
  'github.com/davidbyttow/govips': need('the library libvips', 'libvips42', 'vips', 'it is imported', {also: /vips/}),
  'github.com/h2non/bimg': need('the library libvips', 'libvips42', 'vips', 'it is imported', {also: /vips/}),
}

export const packageNeeds = {python, node, ruby, elixir, go}

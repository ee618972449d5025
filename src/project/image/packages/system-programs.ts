/** The packages that bring a program, in Debian and in Alpine. */
export interface SystemProgram {
  debian: string
  alpine: string
}

const same = (name: string): SystemProgram => ({debian: name, alpine: name})
const poppler = same('poppler-utils')
const postgres: SystemProgram = {debian: 'postgresql-client', alpine: 'postgresql-client'}
const office: SystemProgram = same('libreoffice')
const java: SystemProgram = {debian: 'default-jre-headless', alpine: 'openjdk21-jre-headless'}

/** Programs that no distribution has as a package: the package manager of a language brings them, or a download. */
export const hasNoPackage = (program: string): boolean =>
  /^(?:goose|dbmate|sqlx|diesel|atlas|sea-orm-cli|flyway|liquibase|air|overmind|hivemind)$/.test(program)

/**
 * Programs that code runs to have work done, and that the images of the languages do not have, or not all of them.
 * A program that the code would need only on the machine of whoever develops it is none of these.
 */
export const systemPrograms: ReadonlyMap<string, SystemProgram> = new Map(
  Object.entries({
    ffmpeg: same('ffmpeg'),
    ffprobe: same('ffmpeg'),
    chromium: same('chromium'),
    pdftotext: poppler,
    pdftoppm: poppler,
    pdfinfo: poppler,
    tesseract: same('tesseract-ocr'),
    wkhtmltopdf: same('wkhtmltopdf'),
    pandoc: same('pandoc'),
    libreoffice: office,
    soffice: office,
    gs: same('ghostscript'),
    convert: same('imagemagick'),
    dot: same('graphviz'),
    exiftool: {debian: 'libimage-exiftool-perl', alpine: 'exiftool'},
    qpdf: same('qpdf'),
    git: same('git'),
    curl: same('curl'),
    wget: same('wget'),
    bash: same('bash'),
    jq: same('jq'),
    unzip: same('unzip'),
    psql: postgres,
    pg_dump: postgres,
    'redis-cli': {debian: 'redis-tools', alpine: 'redis'},
    sqlite3: {debian: 'sqlite3', alpine: 'sqlite'},
    python3: same('python3'),
    python: {debian: 'python-is-python3', alpine: 'python3'},
    java,
    node: same('nodejs'),
  }),
)

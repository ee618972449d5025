import type {Language} from './code.ts'

/** A call that reads a folder or a file by a path that is written in the code. */
export interface FolderReader {
  language: Language
  /** Up to the opening bracket of the call. */
  call: RegExp
  name: string
  argument: number | string
  /** Where the argument may be left out: what is read then. */
  standard?: string
  /** It looks for the folder when it is made, unless the call has this. */
  stopsUnless?: RegExp
  /** The file must have that, or must not. */
  needs?: RegExp
  unless?: RegExp
  /** Only where it stands in no function and no branch, which may be for another time. */
  atTop?: boolean
  /** It reads one file: an install makes folders, and not this. */
  isFile?: boolean
}

export const folderReaders: readonly FolderReader[] = [
  {language: 'javascript', call: /\bexpress\.static\s*\(/g, name: 'express.static', argument: 0},
  {language: 'javascript', call: /\bserveStatic\s*\(/g, name: 'serveStatic', argument: 0},
  {
    language: 'javascript',
    call: /\breaddirSync\s*\(/g,
    name: 'readdirSync',
    argument: 0,
    unless: /existsSync|mkdirSync/,
    atTop: true,
  },
  {
    language: 'javascript',
    call: /\breadFileSync\s*\(/g,
    name: 'readFileSync',
    argument: 0,
    unless: /existsSync|writeFileSync|\btry\b/,
    atTop: true,
    isFile: true,
  },
  {
    language: 'javascript',
    call: /\bmigrate\s*\([^(){}]*(?=\{)/g,
    name: 'drizzle',
    argument: 'migrationsFolder',
    needs: /drizzle-orm/,
  },
  {
    language: 'javascript',
    call: /\bmigrate\.load\s*\(\s*(?=\{)/g,
    name: 'migrate',
    argument: 'migrationsDirectory',
    standard: 'migrations',
    needs: /["']migrate["']/,
  },
  // starlette/staticfiles.py: "Directory '…' does not exist".
  {
    language: 'python',
    call: /\bStaticFiles\s*\(/g,
    name: 'StaticFiles',
    argument: 'directory',
    stopsUnless: /check_dir\s*=\s*False/,
  },
  {language: 'python', call: /\bJinja2Templates\s*\(/g, name: 'Jinja2Templates', argument: 'directory'},
  {language: 'go', call: /\bhttp\.Dir\s*\(/g, name: 'http.Dir', argument: 0},
  {
    language: 'go',
    call: /\.(?:ParseGlob|ParseFiles|LoadHTMLGlob|LoadHTMLFiles)\s*\(/g,
    name: 'html/template',
    argument: 0,
    unless: /embed\.FS|ParseFS/,
  },
  {
    language: 'go',
    call: /\bgoose\.Up(?:Context)?\s*\([^()"`]*(?=["`])/g,
    name: 'goose',
    argument: -1,
    unless: /SetBaseFS/,
  },
  {language: 'rust', call: /\bServeDir::new\s*\(/g, name: 'ServeDir', argument: 0},
  {language: 'rust', call: /\bTera::new\s*\(/g, name: 'Tera', argument: 0},
]

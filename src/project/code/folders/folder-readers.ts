import type {Language} from '../code.ts'
import {fileReaders, otherTimes, writesToo} from './file-readers.ts'

/** A call that reads a folder or a file by a path that is written in the code. */
export interface FolderReader {
  language: Language
  /** Up to the opening bracket of the call. */
  call: RegExp
  name: string
  argument: number | string
  /** What stands before the path, as it is an address: `file://`. */
  scheme?: string
  /** The first argument, where the call has several meanings: `app.set('views', …)`. */
  first?: RegExp
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
  /** No call: a path beside the file, as a statement gives it a name. */
  isStatement?: boolean
  /** The call makes the path, and the file reads it somewhere else. */
  isPath?: boolean
  /** Paths that are for another time than when the app runs. */
  besides?: RegExp
  /** Another path than one that begins at the file is one in a folder of the framework's own. */
  ofFile?: boolean
  /** It reads when it is called: who asks for the path before, may go on without it. */
  isLater?: boolean
  /** What stands behind the call where the program does not go on without the file. */
  follows?: RegExp
}

export const folderReaders: readonly FolderReader[] = [
  {language: 'javascript', call: /\bexpress\.static\s*\(/g, name: 'express.static', argument: 0},
  {language: 'javascript', call: /\bserveStatic\s*\(/g, name: 'serveStatic', argument: 0},
  {
    language: 'javascript',
    call: /\bserveStatic\s*\(\s*(?=\{)/g,
    name: 'serveStatic',
    argument: 'root',
    needs: /["']@?hono\//,
  },
  // It lists the folder when it is made, and throws without it; in its mode for development it does not.
  {
    language: 'javascript',
    call: /\bsirv\s*\(/g,
    name: 'sirv',
    argument: 0,
    needs: /["']sirv["']/,
    stopsUnless: /\bdev\s{0,20}[:,}]|\.\.\.|,\s{0,20}(?!\{)[\w$.]{1,100}(?:\(\))?\s{0,20},?\s{0,20}\)$/,
  },
  {
    language: 'javascript',
    call: /\b(?:serve|koaStatic|koaServe|staticServe)\s*\(/g,
    name: 'koa-static',
    argument: 0,
    needs: /["']koa-static["']/,
  },
  {
    language: 'javascript',
    call: /\bregister\s*\(\s*(?:\w*[sS]tatic\w*|require\s*\([^()]*\)|import\s*\([^()]*\))\s*,\s*(?=\{)/g,
    name: '@fastify/static',
    argument: 'root',
    needs: /["'](?:@fastify\/static|fastify-static)["']/,
  },
  {
    language: 'javascript',
    call: /\bstaticPlugin\s*\(\s*(?=\{)/g,
    name: '@elysiajs/static',
    argument: 'assets',
    standard: 'public',
    needs: /["']@elysiajs\/static["']/,
  },
  {
    language: 'javascript',
    call: /\bstaticPlugin\s*\((?=\s*\))/g,
    name: '@elysiajs/static',
    argument: 0,
    standard: 'public',
    needs: /["']@elysiajs\/static["']/,
  },
  {
    language: 'javascript',
    call: /\bServeStaticModule\s*\.\s*forRoot\s*\(\s*(?=\{)/g,
    name: 'ServeStaticModule',
    argument: 'rootPath',
  },
  {
    language: 'javascript',
    call: /\.\s*(?:useStaticAssets|setBaseViewsDir)\s*\(/g,
    name: 'NestJS',
    argument: 0,
  },
  {
    language: 'javascript',
    call: /\bserveDir\s*\([^(){}]*(?=\{)/g,
    name: 'serveDir',
    argument: 'fsRoot',
    needs: /\bfile[-_]server\b/,
  },
  {
    language: 'javascript',
    call: /\.set\s*\(/g,
    name: 'express',
    first: /^["']views["']$/,
    argument: 1,
    needs: /["']express["']/,
  },
  // The folder of the templates is views, where the program runs.
  {
    language: 'javascript',
    call: /\.set\s*\(/g,
    name: 'express',
    first: /^["']view engine["']$/,
    argument: 2,
    standard: 'views',
    needs: /["']express["']/,
    unless: /["']views["']/,
  },
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
  // A file that only reads, and does not go on without it.
  {
    language: 'javascript',
    call: /\b(?:path\.)?(?:join|resolve)\s*\(\s*process\.cwd\(\)\s*,/g,
    name: 'the code',
    argument: 0,
    isPath: true,
    needs: /\b(?:readFile|readFileSync|readdir|readdirSync|createReadStream|loadSync)\s*\(/,
    unless:
      /\bmkdir|\b(?:write|append|copy)File|\bcreateWriteStream\b|\bunlink|["']vite["']|\bNODE_ENV\b|\b(?:catch|existsSync|access|stat)\s*\((?![\s\S]{0,300}\bthrow\b)|require\.main\b/,
    besides:
      /(?:^|\/)(?:\.[^/]*|tests?|__\w+__|docs?|examples?|scripts?|tools?|fixtures?|seeds?|logs?|te?mp|cache|data|uploads?|dist|build|out|public|static|src|app|lib|server|frontend|client|web|ui|www|node_modules)(?:\/|$)|\.(?:[cm]?[jt]sx?|lock|db|sqlite3?|log|env|pid)$|(?:^|\/)(?:package(?:-lock)?\.json|tsconfig[^/]*|README[^/]*|CHANGELOG[^/]*)$/i,
  },
  {
    language: 'javascript',
    call: /\bmigrate\s*\((?:[^(){}]|\([^(){}]*\))*(?=\{)/g,
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
  // `RULES = Path(__file__).parents[2] / "rules" / "laws.json"`, `os.path.join(BASE_DIR, "rules")`, in a file that reads and does not write.
  {
    language: 'python',
    call: /^[ \t]*\w+(?:[ \t]*:[ \t]*[\w.]+)?[ \t]*=[ \t]*(?=(?:[\w.(][^\n]{0,200}\/[ \t]*["']|os\.path\.join\())/gm,
    name: 'the code',
    argument: -1,
    isStatement: true,
    needs: /^(?=[\s\S]*?__file__)[\s\S]*?(?:\bopen\(|\.(?:open|read_text|read_bytes|glob|rglob|iterdir)\()/,
    unless: writesToo,
    besides: otherTimes,
  },
  {language: 'go', call: /\bhttp\.Dir\s*\(/g, name: 'http.Dir', argument: 0},
  {language: 'go', call: /\bhttp\.ServeFile\s*\(/g, name: 'http.ServeFile', argument: 2},
  {
    language: 'go',
    call: /\.(?:ParseGlob|ParseFiles|LoadHTMLGlob|LoadHTMLFiles)\s*\(/g,
    name: 'html/template',
    argument: 0,
    unless: /\.ParseFS\s*\(|\bNewFileSystem\s*\(/,
  },
  {
    language: 'go',
    call: /\.Static\s*\(/g,
    name: 'Static',
    argument: 1,
    needs: /"github\.com\/(?:gin-gonic\/gin|labstack\/echo|gofiber\/fiber)/,
  },
  {language: 'go', call: /\bstatic\.New\s*\(/g, name: 'static.New', argument: 0, needs: /"github\.com\/gofiber\/fiber/},
  {
    language: 'go',
    call: /\bgoose\.Up(?:Context)?\s*\([^()"`]*(?=["`])/g,
    name: 'goose',
    argument: -1,
    unless: /SetBaseFS/,
  },
  {
    language: 'go',
    call: /\bmigrate\.New(?:WithDatabaseInstance)?\s*\(/g,
    name: 'migrate',
    argument: 0,
    scheme: 'file://',
    needs: /"github\.com\/golang-migrate\/migrate/,
  },
  {language: 'rust', call: /\bServeDir::new\s*\(/g, name: 'ServeDir', argument: 0},
  {language: 'rust', call: /(?<!\w)Files::new\s*\(/g, name: 'actix_files', argument: 1, needs: /\bactix_files\b/},
  {language: 'rust', call: /\bFileServer::from\s*\(/g, name: 'FileServer', argument: 0, needs: /\brocket\b/},
  {language: 'rust', call: /\bTera::new\s*\(/g, name: 'Tera', argument: 0},
  ...fileReaders,
]

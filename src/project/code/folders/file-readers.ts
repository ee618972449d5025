/** Calls that read a file when somebody calls them, or without which a program of Go or Rust ends. */
import type {FolderReader} from './folder-readers.ts'

/** In the code of Python, what says that a file also writes, or goes on without what it does not find. */
export const writesToo =
  /\bmk_?dirs?\(|\bmakedirs\(|\.write|\bopen\([^)\n]{0,200}["'][wax]b?\+?["']|\.(?:touch|save|dump|to_csv|unlink)\(|\bsqlite|\bload_dotenv\b|__main__|\bexcept\b[^\n]{0,100}\b(?:FileNotFound|OS|IO)Error\b/
/** What is read at another time, or comes otherwise. */
export const otherTimes =
  /(?:^|\/)(?:\.[^/]*|tests?|docs?|examples?|scripts?|tools?|notebooks?|fixtures?|seeds?|logs?|te?mp|cache|data|dist|build|out|public|static|frontend|client|web|ui|www|node_modules)(?:\/|$)|\.(?:py|lock|db|sqlite3?|log|env|pid)$|(?:^|\/)(?:pyproject\.toml|package\.json|VERSION|README[^/]*|CHANGELOG[^/]*|Makefile|docker-compose[^/]*)$/i

export const fileReaders: readonly FolderReader[] = [
  // In a function: it throws there, or its promise does.
  {
    language: 'javascript',
    call: /\b(?:readFileSync|readFile|createReadStream)\s*\(/g,
    name: 'the code',
    argument: 0,
    isLater: true,
    isFile: true,
    unless:
      /\b(?:try|existsSync|access|stat|statSync)\b|\.catch\s*\(|\bmkdir|\b(?:write|append|copy)File|\bcreateWriteStream\b|\bunlink|["']vite["']|\bNODE_ENV\b|require\.main\b/,
    besides:
      /(?:^|\/)(?:\.[^/]*|tests?|__\w+__|docs?|examples?|scripts?|tools?|fixtures?|seeds?|logs?|te?mp|cache|uploads?|dist|build|out|node_modules)(?:\/|$)|\.(?:[cm]?[jt]sx?|lock|db|sqlite3?|log|env|pid)$|(?:^|\/)(?:package(?:-lock)?\.json|tsconfig[^/]*|README[^/]*|CHANGELOG[^/]*)$/i,
  },
  {
    language: 'javascript',
    call: /\.sendFile\s*\(/g,
    name: 'sendFile',
    argument: 0,
    isLater: true,
    isFile: true,
    unless: /\bexistsSync\b|\broot\s{0,9}:/,
  },
  // `open(os.path.join(BASE_DIR, "prompts", "system.txt"))`, for reading, as no mode follows.
  {
    language: 'python',
    call: /(?<![\w.])open\s*\((?![^()\n]{0,200},\s{0,20}(?:mode\s{0,9}=\s{0,9})?["'][wax+])/g,
    name: 'open',
    argument: 0,
    isLater: true,
    isFile: true,
    unless: writesToo,
    besides: otherTimes,
  },
  // `Path("prompts/system.txt").read_text()`, `(BASE / "prompts" / "system.txt").read_text()`
  {
    language: 'python',
    call: /(?<![\w.)\]])(?:(?:pathlib\.)?Path\s{0,9})?\((?=[^\n]{1,300}\)\.(?:read_text|read_bytes|open)\()/g,
    name: 'the code',
    argument: -1,
    isLater: true,
    isFile: true,
    follows: /^\.(?:read_text|read_bytes|open)\((?!\s{0,9}(?:mode\s{0,9}=\s{0,9})?["'][wax+])/,
    unless: new RegExp(`${writesToo.source}|\\.(?:exists|is_file)\\(`),
    besides: otherTimes,
  },
  // A table, a model, a font: what the folder data has of them in git is no state.
  {
    language: 'python',
    call: /\b(?:pd\.read_\w{2,20}|(?:joblib|torch|np)\.load|load_model|ImageFont\.truetype|Image\.open|np\.loadtxt)\s*\(/g,
    name: 'the code',
    argument: 0,
    isLater: true,
    isFile: true,
    unless:
      /__main__|\bexcept\b[^\n]{0,100}\b(?:FileNotFound|OS|IO)Error\b|\.to_(?:csv|json|excel|parquet)\(|\b(?:joblib|torch|np)\.(?:dump|save)|\.save\(/,
    besides:
      /(?:^|\/)(?:tests?|docs?|examples?|scripts?|tools?|notebooks?|fixtures?|logs?|te?mp|cache|out|output)(?:\/|$)/i,
  },
  {language: 'python', call: /\bFileResponse\s*\(/g, name: 'FileResponse', argument: 0, isLater: true, isFile: true},
  {
    language: 'python',
    call: /\bsend_(?:file|from_directory)\s*\(/g,
    name: 'Flask',
    argument: 0,
    ofFile: true,
    isLater: true,
  },
  {language: 'python', call: /\bFileSystemLoader\s*\(/g, name: 'FileSystemLoader', argument: 0, isLater: true},
  {
    language: 'go',
    call: /\b(?:os\.ReadFile|os\.Open|ioutil\.ReadFile)\s*\(/g,
    name: 'the code',
    argument: 0,
    isFile: true,
    follows:
      /^\s*if\s+err\s*!=\s*nil\s*\{[^{}]{0,300}\b(?:log\.Fatal|panic\(|return\b[^\n{}]{0,200}\berr\b|os\.Exit\()/,
    unless: /\bErrNotExist\b|\bIsNotExist\b|\bos\.(?:Stat|WriteFile|Create|MkdirAll)\b/,
    besides:
      /(?:^|\/)(?:\.[^/]*|testdata|tests?|docs?|examples?|scripts?|tools?|te?mp|cache)(?:\/|$)|\.(?:env|db|log|pid|lock)$/,
  },
  {
    language: 'rust',
    call: /\b(?:fs::read_to_string|fs::read|File::open)\s*\(/g,
    name: 'the code',
    argument: 0,
    isFile: true,
    follows: /^\s*(?:\.await\s*)?(?:\.(?:unwrap|expect)\s*\(|\?)/,
    unless: /\.exists\(\)|\bis_file\(\)|fs::write|File::create|create_dir|#\[(?:tokio::)?test\]/,
    besides:
      /(?:^|\/)(?:\.[^/]*|tests?|docs?|examples?|scripts?|tools?|te?mp|cache)(?:\/|$)|\.(?:env|db|log|pid|lock)$/,
  },
]

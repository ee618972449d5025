/** Scripts that a build fetches and runs at once. */

/** In the text of a RUN: `curl … | sh`, `sh -c "$(curl …)"`, `bash <(curl …)`. */
export const runsFetched =
  /\|\s*(?:sudo\s+)?(?:-E\s+)?(?:ba|da)?sh\b|(?:^|[\s;&|])(?:ba|da)?sh\s+(?:-\w+\s+)*["']?(?:\$\(|<\(|`)/

/**
 * Those that fill a folder of their own, or tell the package manager where one language's packages are: none installs an
 * OS package or one of Python (the scripts themselves).
 */
export const knownInstallers =
  /https:\/\/(?:get\.volta\.sh|sh\.rustup\.rs|static\.rust-lang\.org\/rustup|astral\.sh\/uv|install\.python-poetry\.org|get\.pnpm\.io|bun\.(?:sh|com)\/install|fnm\.vercel\.app|deno\.land\/(?:x\/install\/)?install|raw\.githubusercontent\.com\/nvm-sh\/nvm\/|(?:deb|rpm)\.nodesource\.com\/setup_|fly\.io\/install|mise\.(?:run|jdx\.dev)|get\.sdkman\.io)/

/** `curl … | sh` of an installer whose programs its address names, or that adds a list of packages alone. */
const namedInstall =
  /\b(?:curl|wget)\s[^|&;\n]{0,300}https:\/\/(?:sh\.rustup\.rs|astral\.sh\/uv|install\.python-poetry\.org|get\.pnpm\.io|bun\.(?:sh|com)\/install|deno\.land\/(?:x\/install\/)?install|raw\.githubusercontent\.com\/nvm-sh\/nvm\/|deb\.nodesource\.com\/setup_|getcomposer\.org\/installer)[^|&;\n]{0,300}\|(?!\|)[^|&;\n]*/g

/** The text of a RUN without them: whoever asks for a program by its name has looked for that before. */
export const withoutNamedInstalls = (text: string): string => text.replace(/\\\r?\n/g, ' ').replace(namedInstall, '')

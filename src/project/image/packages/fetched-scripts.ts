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

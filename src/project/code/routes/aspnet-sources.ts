import type {Files} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import {codeOf} from '../code.ts'
import {isHandedOut} from './handed-out.ts'
import type {Sources} from './sources.ts'

/**
 * All of a request's way stands in calls of the app, `app.UseX()` and `app.MapX()` (learn.microsoft.com, "ASP.NET Core
 * Middleware"); these answer no path but by what the project says, and so do those that the project defines itself.
 */
const known = new Set(
  (
    'Get Post Put Patch Delete Methods Group HealthChecks Hub Controllers OpenApi Swagger ScalarApiReference ' +
    'HttpsRedirection Authorization Authentication Cors Routing Endpoints SwaggerUI ExceptionHandler ' +
    'DeveloperExceptionPage Hsts RateLimiter SerilogRequestLogging Serilog HttpLogging ForwardedHeaders Session ' +
    'Antiforgery RequestLocalization Middleware StatusCodePages OutputCache ResponseCaching ResponseCompression ' +
    'RequestTimeouts WebSockets StaticFiles DefaultFiles StaticAssets MigrationsEndPoint RequestDecompression ' +
    // Of a database, of AutoMapper, and of the host.
    'Npgsql Sqlite SqlServer MySql MySQL InMemoryDatabase SnakeCaseNamingConvention LazyLoadingProxies ' +
    'QuerySplittingBehavior QueryTrackingBehavior NetTopologySuite InternalServiceProvider Identity From ' +
    'ContentRoot WebRoot Environment Urls Kestrel DefaultServiceProvider ServiceProviderFactory ConsoleLifetime ' +
    'Startup Configuration Sentry Setting PostgreSqlStorage MemoryStorage SimpleAssemblyNameTypeSerializer ' +
    'RecommendedSerializerSettings'
  ).split(' '),
)

/** Silent where a part of ASP.NET, or of a package, may answer what no line of the project says. */
export function aspnetSources(files: TextFile[], paths: Files): Sources | undefined {
  const texts = files.map((file) => codeOf(file)?.bare ?? '')
  const own = new Set(
    texts.flatMap((text) =>
      [...text.matchAll(/\bthis\s+[\w.<>?]{1,100}\s+\w+\s*[,)]/g)].flatMap(
        ({index}) =>
          /\b(?:Use|Map)(\w{1,100})\s{0,20}(?:<[^<>]{0,100}>)?\s{0,20}\(\s{0,50}$/.exec(
            text.slice(Math.max(0, index - 200), index),
          )?.[1] ?? [],
      ),
    ),
  )
  const isOpen = texts.some((text) =>
    [...text.matchAll(/\.(?:Use|Map)([A-Z]\w*)\s*(?:<[^<>\n]{0,100}>\s*)?\(/g)].some(
      ([, name = '']) => !known.has(name) && !own.has(name),
    ),
  )
  if (isOpen) return undefined
  return {
    language: 'csharp',
    files,
    mayAnswer: (path) => /^\/(?:swagger|openapi|scalar)\b/.test(path) || isHandedOut(path, /(?:^|\/)wwwroot\//, paths),
  }
}

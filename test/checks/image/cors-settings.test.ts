import check from '../../../checks/image/cors-settings.ts'
import {testCheck} from '../../harness.ts'

const dotnet = (program: string, target = 'net9.0') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile:
      'FROM mcr.microsoft.com/dotnet/sdk:9.0 AS build\nWORKDIR /src\nCOPY . .\nRUN dotnet publish Shop/Shop.csproj -c Release -o /app\nFROM mcr.microsoft.com/dotnet/aspnet:9.0\nCOPY --from=build /app .\nCMD ["dotnet", "Shop.dll"]\n',
    'Shop/Shop.csproj': `<Project><PropertyGroup><TargetFramework>${target}</TargetFramework></PropertyGroup></Project>\n`,
    'Shop/Program.cs': program,
  },
})
const policy = (chain: string) =>
  `builder.Services.AddCors(options =>\n{\n    options.AddPolicy("All", policy =>\n    {\n        policy${chain};\n    });\n});\n`
const use = 'app.UseCors("All");\n'
const any = '\n            .AllowAnyOrigin()\n            .AllowAnyHeader()\n            .AllowCredentials()'

const go = (
  main: string,
  mod = 'require github.com/gofiber/fiber/v2 v2.52.6',
  imports = 'fiber/v2/middleware/cors',
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile:
      'FROM golang:1.24 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /shop .\nFROM debian:bookworm-slim\nCOPY --from=build /shop /shop\nCMD ["/shop"]\n',
    'go.mod': `module example.com/shop\n\n${mod}\n`,
    'main.go': `package main\n\nimport "github.com/${imports.includes('gin') ? imports : `gofiber/${imports}`}"\n\nfunc main() {\n${main}}\n`,
  },
})
const fiber = (fields: string) => `\tapp.Use(cors.New(cors.Config{\n${fields}\t}))\n`

const rust = (main: string, version = '0.6') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile:
      'FROM rust:1.85 AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\nFROM debian:bookworm-slim\nCOPY --from=build /src/target/release/shop /shop\nCMD ["/shop"]\n',
    'Cargo.toml': `[package]\nname = "shop"\nversion = "0.1.0"\n\n[dependencies]\ntower-http = { version = "${version}", features = ["cors"] }\n`,
    'src/main.rs': `use tower_http::cors::{Any, CorsLayer};\n\nfn main() {\n    let cors = ${main};\n}\n`,
  },
})

const stops =
  'ASP.NET Core stops as it starts ("The CORS protocol does not allow specifying a wildcard (any) origin and credentials at the same time")'

testCheck(check, {
  clean: {
    'named origins': dotnet(policy('.WithOrigins("https://a.example").AllowCredentials()') + use),
    'any origin without credentials': dotnet(policy('.AllowAnyOrigin().AllowAnyHeader()') + use),
    'a rule of its own says which origin': dotnet(policy('.SetIsOriginAllowed(_ => true).AllowCredentials()') + use),
    'in development alone': dotnet(`${policy(any)}if (app.Environment.IsDevelopment())\n{\n    ${use}}\n`),
    'a policy of development': dotnet(`if (isDevelopment)\n{\n${policy(any)}}\n${use}`),
    'a project that is not the one started': {
      files: {
        ...dotnet(policy(any) + use).files,
        'Mail/Shop.csproj': '<Project><TargetFramework>net9.0</TargetFramework></Project>\n',
        'Shop/Shop.csproj': undefined as never,
        'Shop/Other.csproj': '<Project><TargetFramework>net9.0</TargetFramework></Project>\n',
      },
    },
    'nothing uses a policy': dotnet(policy(any)),
    'in a comment': dotnet(policy('.AllowAnyOrigin() // .AllowCredentials()\n') + use),
    'Fiber with origins': go(fiber('\t\tAllowOrigins: "https://a.example",\n\t\tAllowCredentials: true,\n')),
    'Fiber asks a function': go(
      fiber('\t\tAllowCredentials: true,\n\t\tAllowOriginsFunc: func(origin string) bool { return true },\n'),
    ),
    'Fiber before it checked': go(
      fiber('\t\tAllowCredentials: true,\n'),
      'require github.com/gofiber/fiber/v2 v2.51.0',
    ),
    'gin with all origins': go(
      '\tr.Use(cors.New(cors.Config{\n\t\tAllowAllOrigins: true,\n\t\tAllowCredentials: true,\n\t}))\n',
      'require github.com/gin-contrib/cors v1.7.0',
      'gin-contrib/cors',
    ),
    'axum mirrors the request': rust(
      'CorsLayer::new().allow_origin(AllowOrigin::mirror_request()).allow_credentials(true)',
    ),
    'axum without credentials': rust('CorsLayer::new().allow_origin(Any).allow_methods(Any)'),
    'a policy of the debugger': dotnet(
      `#if DEBUG\n${policy(any)}#else\n${policy('.WithOrigins("https://a.example").AllowCredentials()')}#endif\n${use}`,
    ),
    'an if without braces': dotnet(
      `if (builder.Environment.IsDevelopment())\n    builder.Services.AddCors(o => o.AddPolicy("All", p => p.AllowAnyOrigin().AllowCredentials()));\n${use}`,
    ),
    'one of two by a condition': dotnet(
      `builder.Services.AddCors(o => o.AddPolicy("All", p => _ = dev ? p.AllowAnyOrigin().AllowCredentials() : p.WithOrigins("https://a.example").AllowCredentials()));\n${use}`,
    ),
    'Fiber fills in the origins later': go(
      '\tconfig := cors.Config{\n\t\tAllowCredentials: true,\n\t}\n\tconfig.AllowOrigins = os.Getenv("ORIGINS")\n\tapp.Use(cors.New(config))\n',
    ),
    'Fiber decides by a variable': go(
      '\tconfig := cors.Config{AllowOrigins: "*", AllowCredentials: true}\n\tif o := os.Getenv("ORIGINS"); o != "" {\n\t\tconfig.AllowOrigins = o\n\t}\n\tapp.Use(cors.New(config))\n',
    ),
    'Fiber in a comment': go(fiber('\t\t// AllowCredentials: true,\n\t\tAllowOrigins: "*",\n')),
    'Fiber lists origins over lines': go(
      fiber(
        '\t\tAllowCredentials: true,\n\t\tAllowOrigins: strings.Join([]string{\n\t\t\t"https://a.example",\n\t\t}, ","),\n',
      ),
    ),
    'Fiber in an if with a statement': go(
      `\tif dev := os.Getenv("DEV"); dev != "" {\n${fiber('\t\tAllowCredentials: true,\n')}\t}\n`,
    ),
    'the method that the host calls in development': dotnet(
      `public class Startup\n{\npublic void ConfigureDevelopmentServices(IServiceCollection services)\n{\n${policy(any)}}\npublic void Configure(IApplicationBuilder app)\n{\n${use}}\n}\n`,
    ),
    'axum in development': rust(
      'if cfg!(debug_assertions) {\n        CorsLayer::permissive().allow_credentials(true)\n    } else {\n        CorsLayer::new()\n    }',
    ),
    'axum by a match': rust(
      'match mode {\n        Mode::Dev => CorsLayer::permissive().allow_credentials(true),\n        _ => CorsLayer::new(),\n    }',
    ),
    'axum not in a release': rust(
      'CorsLayer::new();\n    #[cfg(debug_assertions)]\n    let cors = CorsLayer::permissive().allow_credentials(true)',
    ),
    'axum only when built by a closure of development': rust(
      'dev.then(|| CorsLayer::permissive().allow_credentials(true))',
    ),
    'an old tower-http': rust('CorsLayer::new().allow_origin(Any).allow_credentials(true)', '0.2'),
  },
  flagged: {
    'any origin with credentials': {
      ...dotnet(policy(any) + use),
      expect: [`error Shop/Program.cs:8:13 AllowAnyOrigin() with AllowCredentials(): ${stops}`],
    },
    'in a method that may not be called': {
      ...dotnet(`${use}static void Open(CorsPolicyBuilder policy) => policy.AllowAnyOrigin().AllowCredentials();\n`),
      expect: [`warning Shop/Program.cs:2:70 AllowAnyOrigin() with AllowCredentials(): ${stops}`],
    },
    'in the method of the host': {
      ...dotnet(
        `public class Startup\n{\npublic void ConfigureServices(IServiceCollection services)\n{\n${policy(any)}}\npublic void Configure(IApplicationBuilder app)\n{\n${use}}\n}\n`,
      ),
      expect: [`error Shop/Program.cs:12:13 AllowAnyOrigin() with AllowCredentials(): ${stops}`],
    },
    'as the argument of UseCors': {
      ...dotnet('app.UseCors(x => x.AllowCredentials().WithOrigins("*"));\n'),
      expect: [`error Shop/Program.cs:1:19 WithOrigins("*") with AllowCredentials(): ${stops}`],
    },
    'Fiber by default': {
      ...go(fiber('\t\tAllowCredentials: true,\n')),
      expect: [
        'error main.go:7:3 AllowCredentials: true with no AllowOrigins, which means "*": cors.New of Fiber panics as the app starts',
      ],
    },
    'Fiber 3': {
      ...go(
        fiber('\t\tAllowOrigins:     []string{"*"},\n\t\tAllowCredentials: true,\n'),
        'require github.com/gofiber/fiber/v3 v3.0.0',
        'fiber/v3/middleware/cors',
      ),
      expect: [
        'error main.go:8:3 AllowCredentials: true with AllowOrigins: "*": cors.New of Fiber panics as the app starts',
      ],
    },
    'gin with both': {
      ...go(
        '\tr.Use(cors.New(cors.Config{\n\t\tAllowAllOrigins: true,\n\t\tAllowOrigins: []string{"https://a.example"},\n\t}))\n',
        'require github.com/gin-contrib/cors v1.7.0',
        'gin-contrib/cors',
      ),
      expect: [
        'error main.go:7:3 AllowAllOrigins: true with AllowOrigins: cors.New of gin panics as the app starts ("all origins are allowed. AllowOrigins is not needed")',
      ],
    },
    'axum with any header': {
      ...rust(
        'CorsLayer::new()\n        .allow_origin(AllowOrigin::mirror_request())\n        .allow_headers(Any)\n        .allow_credentials(true)',
      ),
      expect: [
        'error src/main.rs:7:9 allow_credentials(true) with allow_headers(Any): tower-http panics as the layer is added ("Invalid CORS configuration")',
      ],
    },
  },
})

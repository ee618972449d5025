import check from '../../../checks/image/kestrel-address.ts'
import {testCheck} from '../../harness.ts'

const project = (
  env: string,
  {code = 'app.Run();', settings = '{}', ...files}: Record<string, string> = {},
  more = '',
) => ({
  files: {
    'fly.toml': `app = "shop"\n${more}`,
    Dockerfile: `FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build\nWORKDIR /src\nCOPY . .\nRUN dotnet publish -c Release -o /app\nFROM mcr.microsoft.com/dotnet/aspnet:10.0\nWORKDIR /app\nCOPY --from=build /app .\n${env}CMD ["dotnet", "Shop.dll"]\n`,
    'Shop.csproj':
      '<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>\n',
    'Program.cs': `var app = builder.Build();\n${code}\n`,
    'appsettings.json': settings,
    ...files,
  },
})
const endpoints = (...urls: string[]) =>
  JSON.stringify({Kestrel: {Endpoints: Object.fromEntries(urls.map((Url, index) => [`E${index}`, {Url}]))}})
const https = 'ENV ASPNETCORE_URLS=http://+:8080;https://+:8443\n'

testCheck(check, {
  clean: {
    'the default of the image': project(''),
    'http alone': project('ENV ASPNETCORE_URLS=http://+:8080\n'),
    'several of http': project('', {}, '[env]\n  ASPNETCORE_URLS = "http://+:8080;http://+:8081"\n'),
    'ports of http': project('ENV ASPNETCORE_HTTP_PORTS=8080;8081\n'),
    'no port of https': project('ENV ASPNETCORE_HTTPS_PORTS=\n'),
    'ports of https beside addresses, which come first': project(
      'ENV ASPNETCORE_URLS=http://+:8080\nENV ASPNETCORE_HTTPS_PORTS=8443\n',
    ),
    'the port that redirects name': project('ENV ASPNETCORE_HTTPS_PORT=443\n'),
    'a certificate by a variable': project(
      `${https}ENV ASPNETCORE_Kestrel__Certificates__Default__Path=/app/shop.pfx\n`,
    ),
    'a certificate of the code': project(https, {
      code: 'builder.WebHost.ConfigureKestrel(o => o.ConfigureHttpsDefaults(h => h.ServerCertificate = Load()));\napp.Run();',
    }),
    'a certificate in the settings': project('', {
      settings: '{"Kestrel": {"Endpoints": {"Https": {"Url": "https://*:8443", "Certificate": {"Path": "shop.pfx"}}}}}',
    }),
    'a certificate that [[files]] writes': project(
      https,
      {},
      '[[files]]\n  guest_path = "/app/shop.pfx"\n  secret_name = "PFX"\n',
    ),
    'a certificate that a RUN makes': project(`RUN openssl req -x509 -out /app/shop.pem\n${https}`),
    'settings for development': project('', {'appsettings.Development.json': endpoints('https://localhost:5001')}),
    'an address that a condition has': project('', {
      code: 'if (app.Environment.IsDevelopment()) app.Urls.Add("https://localhost:5001");\napp.Run();',
    }),
    'an address of the code, whatever a variable says': project(https, {code: 'app.Run("http://0.0.0.0:8080");'}),
    'an address that is overridden': project('ENV Kestrel__Endpoints__E0__Url=http://+:8080\n', {
      settings: endpoints('https://localhost:5001'),
    }),
  },
  flagged: {
    'https in ENV': {
      ...project(https),
      expect: [
        'warning Dockerfile:8:1 ASPNETCORE_URLS has https://+:8443, and nothing brings a certificate for https: what CMD starts stops with "Unable to configure HTTPS endpoint"',
      ],
    },
    'https in [env]': {
      ...project('', {}, '[env]\n  ASPNETCORE_URLS = "https://+:8080"\n'),
      expect: [
        'warning fly.toml:3:3 ASPNETCORE_URLS has https://+:8080, and nothing brings a certificate for https: what CMD starts stops with "Unable to configure HTTPS endpoint"',
      ],
    },
    'a port of https': {
      ...project('ENV ASPNETCORE_HTTPS_PORTS=8081\n'),
      expect: [
        'warning Dockerfile:8:1 ASPNETCORE_HTTPS_PORTS has 8081, and nothing brings a certificate for https: what CMD starts stops with "Unable to configure HTTPS endpoint"',
      ],
    },
    'https in the settings': {
      ...project('', {settings: endpoints('http://*:8080', 'https://*:8443')}),
      expect: [
        'error appsettings.json:1:61 appsettings.json has https://*:8443, and nothing brings a certificate for https: what CMD starts stops with "Unable to configure HTTPS endpoint"',
      ],
    },
    'https in the code': {
      ...project('', {code: 'app.Urls.Add("http://*:8080");\napp.Urls.Add("https://*:8443");\napp.Run();'}),
      expect: [
        'error Program.cs:3:4 Program.cs has https://*:8443, and nothing brings a certificate for https: what CMD starts stops with "Unable to configure HTTPS endpoint"',
      ],
    },
    'an address without http': {
      ...project('ENV ASPNETCORE_URLS=0.0.0.0:8080\n'),
      expect: [
        'warning Dockerfile:8:1 ASPNETCORE_URLS has 0.0.0.0:8080, which is no URL: what CMD starts stops with "Invalid url"',
      ],
    },
  },
})

import check from '../../../checks/dockerfile/dotnet-restore.ts'
import {testCheck} from '../../harness.ts'

const csproj = (inner: string, framework = '<TargetFramework>net10.0</TargetFramework>') =>
  `<Project Sdk="Microsoft.NET.Sdk.Web">\n  <PropertyGroup>${framework}</PropertyGroup>\n  <ItemGroup>\n    ${inner}\n  </ItemGroup>\n</Project>\n`
const refersTo = (path: string) => csproj(`<ProjectReference Include="${path}" />`)
const own = '<ProjectReference Include="..\\Data\\Data.csproj" />'

/** A project that refers to another one; its restore runs beside what `copied` brings. */
const project = (
  copied: string,
  publish = 'dotnet publish Shop/Shop.csproj -c Release -o /app --no-restore',
  {shop = csproj(own), sdk = '10.0', ...files}: Record<string, string> = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM mcr.microsoft.com/dotnet/sdk:${sdk}\nWORKDIR /src\n${copied}RUN dotnet restore Shop/Shop.csproj\nCOPY . .\nRUN ${publish}\nCMD ["dotnet", "/app/Shop.dll"]\n`,
    'Shop/Shop.csproj': shop,
    'Data/Data.csproj':
      '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>\n',
    ...files,
  },
})
const shop = 'COPY Shop/Shop.csproj Shop/\n'
const both = `${shop}COPY Data/Data.csproj Data/\n`
const restoring = 'dotnet publish Shop/Shop.csproj -c Release -o /app'
const unversioned = {shop: csproj('<PackageReference Include="Npgsql" />')}
const packages = {
  'Directory.Packages.props':
    '<Project><PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup></Project>\n',
}
const properties = {
  'Directory.Build.props':
    '<Project><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>\n',
}

testCheck(check, {
  clean: {
    'both projects are there': project(both),
    'the build restores what is left': project(shop, restoring),
    'a restore behind the COPY, too': project(shop, `dotnet restore Shop/Shop.csproj && ${restoring} --no-restore`),
    'a build between them that restores': project(shop, `dotnet build Shop/Shop.csproj && ${restoring} --no-restore`),
    'everything is copied before': project('COPY . .\n'),
    'a reference under a condition': project(shop, undefined, {
      shop: csproj(
        '<ProjectReference Include="..\\Data\\Data.csproj" Condition="\'$(Configuration)\' == \'Debug\'" />',
      ),
    }),
    'a reference in a comment': project(shop, undefined, {shop: csproj(`<!-- ${own} -->`)}),
    'a runtime that the restore is told': {
      files: {
        ...project(both, `${restoring} -r linux-x64 --no-restore`).files,
        Dockerfile: `FROM mcr.microsoft.com/dotnet/sdk:10.0\nWORKDIR /src\n${both}RUN dotnet restore Shop/Shop.csproj -r linux-x64\nCOPY . .\nRUN ${restoring} -r linux-x64 --no-restore\n`,
      },
    },
    'a runtime that the project names': project(both, `${restoring} -r linux-x64 --no-restore`, {
      shop: csproj(own, '<TargetFramework>net10.0</TargetFramework><RuntimeIdentifiers>linux-x64</RuntimeIdentifiers>'),
    }),
    'a runtime, and no --no-restore': project(both, `${restoring} -r linux-x64`),
    'versions of packages that are copied': project(`${shop}COPY Directory.Packages.props .\n`, restoring, {
      ...unversioned,
      ...packages,
    }),
    'versions in the project itself': project(shop, restoring, {
      shop: csproj('<PackageReference Include="Npgsql" Version="9.0.2" />'),
      ...packages,
    }),
    'versions of packages below': project(shop, restoring, {
      shop: csproj('<PackageReference Include="Npgsql"><Version>9.0.2</Version></PackageReference>'),
      ...packages,
    }),
    'no versions before the SDK 10, and a build that restores': project(shop, restoring, {
      ...unversioned,
      ...packages,
      sdk: '9.0',
    }),
    'shared properties that the project does without': project(both, restoring, properties),
    'shared properties that are copied one folder further down': project(
      `${shop}COPY Directory.Build.props Shop/\n`,
      restoring,
      {shop: csproj('', ''), ...properties},
    ),
  },
  flagged: {
    'a project that comes after the restore': {
      ...project(shop),
      expect: [
        'error Dockerfile:6:5 dotnet publish stops: --no-restore leaves it to the restore before, which did not have Data/Data.csproj yet and restored nothing for it',
      ],
    },
    'a project that another one refers to': {
      ...project(both, undefined, {
        'Data/Data.csproj':
          '<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><ProjectReference Include="../Core/Core.csproj" /></ItemGroup></Project>\n',
        'Core/Core.csproj': '<Project Sdk="Microsoft.NET.Sdk"></Project>\n',
      }),
      expect: [
        'error Dockerfile:7:5 dotnet publish stops: --no-restore leaves it to the restore before, which did not have Core/Core.csproj yet and restored nothing for it',
      ],
    },
    'a stage built on that of the restore': {
      files: {
        ...project(shop).files,
        Dockerfile: `FROM mcr.microsoft.com/dotnet/sdk:10.0 AS restore\nWORKDIR /src\n${shop}RUN dotnet restore Shop/Shop.csproj\nFROM restore AS build\nCOPY . .\nRUN ${restoring} --no-restore\n`,
      },
      expect: [
        'error Dockerfile:7:5 dotnet publish stops: --no-restore leaves it to the restore before, which did not have Data/Data.csproj yet and restored nothing for it',
      ],
    },
    'a runtime that the build alone is told': {
      ...project(both, `${restoring} -r linux-x64 --no-restore`),
      expect: [
        'error Dockerfile:7:5 dotnet publish stops: it builds for linux-x64, with --no-restore, and the restore before was not told so',
      ],
    },
    'versions of packages that stay behind': {
      ...project(shop, restoring, {...unversioned, ...packages}),
      expect: [
        'error Dockerfile:4:5 dotnet restore stops: the versions of the packages are in Directory.Packages.props, and no COPY brings it to /src/Directory.Packages.props by then',
      ],
    },
    'the same before the SDK 10': {
      ...project(shop, undefined, {...unversioned, ...packages, sdk: '9.0'}),
      expect: [
        'warning Dockerfile:6:5 dotnet publish builds with the oldest versions of the packages, or stops: Directory.Packages.props was not at /src/Directory.Packages.props when they were restored',
      ],
    },
    'what is built for is said for all projects': {
      ...project(shop, restoring, {shop: csproj('', ''), ...properties}),
      expect: [
        'error Dockerfile:4:5 dotnet restore stops: what the projects are built for is in Directory.Build.props, and no COPY brings it to /src/Directory.Build.props by then',
      ],
    },
    'a reference with other capitals': {
      ...project('COPY . .\n', restoring, {shop: refersTo('..\\data\\Data.csproj')}),
      expect: [
        'warning Shop/Shop.csproj:4:32 dotnet publish is likely to stop: ../data/Data.csproj is written here, and the project is Data/Data.csproj: Linux tells capitals apart',
      ],
    },
  },
})

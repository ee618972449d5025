import {plainName} from './base-images.ts'

/** What a base image starts when nothing else is said: a shell, or the prompt of a language. */
const idle: readonly {image: RegExp; program: string}[] = [
  {image: /^(?:debian|ubuntu|golang|rust|gcc|buildpack-deps|swift|amazoncorretto)(?::|$)/, program: 'bash'},
  {
    image: /^mcr\.microsoft\.com\/dotnet\/(?:sdk|aspnet|runtime|runtime-deps):(?!.*(?:alpine|chiseled))/,
    program: 'bash',
  },
  {image: /^(?:alpine|busybox)(?::|$)|^mcr\.microsoft\.com\/dotnet\/\S+alpine/, program: 'sh'},
  {image: /^node(?::|$)/, program: 'node'},
  {image: /^python(?::|$)/, program: 'python3'},
  {image: /^ruby(?::|$)/, program: 'irb'},
  {image: /^php(?::(?!.*(?:fpm|apache))|$)/, program: 'php -a'},
  {image: /^(?:openjdk(?::(?!.*jre)|$)|eclipse-temurin(?::(?!.*jre)|$))/, program: 'jshell'},
]

/** The program with which a machine of such an image has nothing to do; undefined of others, and of those not known. */
export function idleProgram(image: string): string | undefined {
  const name = plainName(image)
  // Their ONBUILD says what is started.
  if (/onbuild/.test(name)) return undefined
  return idle.find((each) => each.image.test(name))?.program
}

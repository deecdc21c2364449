/** The first that fits: others call themselves Chrome and Safari too. */
const BROWSERS: [RegExp, string][] = [
  [/MicroMessenger\//, 'WeChat'], [/DingTalk\//, 'DingTalk'], [/HuaweiBrowser\//, 'Huawei Browser'], [/MiuiBrowser\//, 'Mi Browser'],
  [/Edg(?:A|iOS)?\//, 'Edge'], [/OPR\//, 'Opera'], [/Firefox\/|FxiOS\//, 'Firefox'], [/Chrome\/|CriOS\//, 'Chrome'], [/Safari\//, 'Safari'],
]
const SYSTEMS: [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'], [/Android/, 'Android'], [/iPhone|iPod/, 'iPhone'], [/iPad/, 'iPad'],
  [/Windows/, 'Windows'], [/Macintosh/, 'Mac'], [/CrOS/, 'ChromeOS'], [/Linux/, 'Linux'],
]

function first(known: [RegExp, string][], agent: string): string | undefined {
  return known.find(([pattern]) => pattern.test(agent))?.[1]
}

/** What this browser is called in its owner's list of devices, in no language: “Chrome · Android”. */
export function deviceName(agent: string = navigator.userAgent): string {
  return [first(BROWSERS, agent), first(SYSTEMS, agent)].filter((name) => name !== undefined).join(' · ') || 'Web'
}

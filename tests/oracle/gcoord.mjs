// Prints 2,000 pseudo-random positions in China, each in WGS-84, GCJ-02 and BD-09 as gcoord has them:
// [{"wgs84": [lon, lat], "gcj02": [lon, lat], "bd09": [lon, lat]}, …].
import gcoord from 'gcoord'

// Park and Miller's generator: the same positions on every run.
let state = 20161201
const random = () => (state = (state * 48271) % 2147483647) / 2147483647

const lines = Array.from({ length: 2000 }, () => {
  const wgs84 = [75 + random() * 58, 19 + random() * 33]
  const to = (datum) => gcoord.transform([...wgs84], gcoord.WGS84, datum)
  return { wgs84, gcj02: to(gcoord.GCJ02), bd09: to(gcoord.BD09) }
})
process.stdout.write(JSON.stringify(lines))

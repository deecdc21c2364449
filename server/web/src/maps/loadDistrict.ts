import type { FeatureCollection } from 'geojson'
import { api, listAreas, listPoints, once } from '../api/client'
import { answerOf } from '../api/problem'
import type { District } from './district'

const asFeatures = async (call: Promise<unknown>): Promise<FeatureCollection> => (await call) as FeatureCollection

/** The whole district, from the server; asked for once. */
export const loadDistrict = once<District>(async () => {
  const [areas, points, places, sites, permittedZones] = await Promise.all([
    listAreas(),
    listPoints(),
    asFeatures(answerOf(api.GET('/places', { parseAs: 'json' }))),
    asFeatures(answerOf(api.GET('/sites', { parseAs: 'json' }))),
    asFeatures(answerOf(api.GET('/permitted-zones', { parseAs: 'json' }))),
  ])
  return { areas, points, places, sites, permitted_zones: permittedZones }
})

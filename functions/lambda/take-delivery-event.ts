import { deliveryEventSchema, makeTakeDeliveryEvent } from '../handlers/letters/take-delivery-event.ts'
import { consumer } from './wiring.ts'

export const handler = consumer(deliveryEventSchema, makeTakeDeliveryEvent)

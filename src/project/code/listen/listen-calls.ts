import type {FileLocation} from '../../../check.ts'
import type {Socket} from '../../image/servers/sockets.ts'

/** A place in the code of the project that begins to listen. */
export interface ListenCall {
  at: FileLocation
  /** What to write there so that every address is listened on. */
  everywhere: string
  /** undefined: it cannot be known where. */
  socket: Socket | undefined
  /** In a branch, or in a file that the started one only brings with it. */
  indirect: boolean
}

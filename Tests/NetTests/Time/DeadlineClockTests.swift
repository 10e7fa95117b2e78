import Glibc
import Net
import Testing

struct DeadlineClockTests {
  @Test func aDeadlineStandsStillWhileTheClockIsHeld() {
    let deadline = Deadline.after(nanoseconds: 60_000_000_000)
    let reading = DeadlineClock.hold()
    let left = deadline.remaining ?? 0
    usleep(30_000)
    #expect(deadline.remaining == left)
    DeadlineClock.letGo(from: reading)
    let after = deadline.remaining ?? 0
    #expect(after <= left && left - after < 30_000_000_000)
    let moment = Deadline.at(monotonicNow() + 60_000_000_000).remaining ?? 0
    #expect(moment > 30_000_000_000 && moment <= 60_000_000_000)
  }
}

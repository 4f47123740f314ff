"""A small policy, before and after a change that lets more people in."""

BEFORE = """\
farol 1

policy "Lotus Clinic" { jurisdiction: MO }

use dingtalk 2026.11

tiers public < internal < confidential

data payroll: confidential

role staff
role hr inherits staff
role it inherits staff

separate hr, it because "Whoever sets pay does not set rights"

allow staff to meeting.join, chat.send
allow hr to drive.read on payroll when device is managed

test "Pay is for human resources" {
  expect deny exactly staff to drive.read on payroll
}
"""
AFTER = BEFORE.replace("drive.read on payroll when device is managed", "drive.read on confidential")
BROKEN = BEFORE.replace("allow hr to", "allow hr too")
# Nobody is allowed more, and yet less is guarded.
UNSEPARATED = BEFORE.replace('separate hr, it because "Whoever sets pay does not set rights"\n\n', "")
# Nothing allows these features any longer, so that the policy no longer governs them.
UNGOVERNED = BEFORE.replace("allow staff to meeting.join, chat.send\n", "")

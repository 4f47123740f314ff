"""A small policy, before and after a change that lets more people in."""

BEFORE = """\
farol 1

policy "Lotus Clinic" { jurisdiction: MO }

use dingtalk 2026.11

tiers public < internal < confidential

data payroll: confidential

role staff
role hr inherits staff

allow staff to meeting.join, chat.send
allow hr to drive.read on payroll when device is managed

test "Pay is for human resources" {
  expect deny exactly staff to drive.read on payroll
}
"""
AFTER = BEFORE.replace("drive.read on payroll when device is managed", "drive.read on confidential")
BROKEN = BEFORE.replace("allow hr to", "allow hr too")

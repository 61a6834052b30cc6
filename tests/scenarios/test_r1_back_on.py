"""R1: an admin whom staff took off puts themselves back on."""
from bot import acts as A
from tests.scenarios.test_r1_forged import World, WREN, ROOK, MEM
from bot.people import Person, StaffMember
from bot.enrolments import EnrolmentState

def test_removed_admin_is_not_back_by_an_invitation_of_their_own(sample_library):
    w = World(sample_library)
    w.does(A.TakeOver("@larks_choir"), WREN)          # they run it: invited at once, nobody has to agree
    with w.store.work() as k:
        mine = k.enrolments.of([WREN.account])[0]
    assert mine.state is EnrolmentState.INVITED
    w.does(A.RemoveAdmin("1", 0, WREN.account), ROOK)  # staff take them off
    with w.store.work() as k:
        assert k.register.get("1").admin((WREN.account,)) is None
    r = w.does(A.AcceptInvitation(mine.id), WREN)
    print(r)
    with w.store.work() as k:
        assert k.register.get("1").admin((WREN.account,)) is None, "back on the register without staff"

def test_former_staff_is_not_on_by_an_invitation_of_their_own(sample_library):
    w = World(sample_library)
    w.does(A.TakeOver("@larks_young"), ROOK)
    with w.store.work() as k:
        mine = k.enrolments.of([ROOK.account])[0]
        k.staff.add(StaffMember(MEM, "larks", "x")); k.staff.remove("larks", ROOK.account)
    w.does(A.AcceptInvitation(mine.id), ROOK)
    with w.store.work() as k:
        assert k.register.get("2").admin((ROOK.account,)) is None

def test_invitation_survives_closing(sample_library):
    w = World(sample_library)
    w.does(A.Invite("1", MEM.account), ROOK)
    with w.store.work() as k: mine = k.enrolments.of([MEM.account])[0]
    w.does(A.CloseEntry("1", 0), ROOK); w.does(A.ReopenEntry("1", 0), ROOK)
    print(w.does(A.AcceptInvitation(mine.id), MEM))
    with w.store.work() as k:
        assert k.register.get("1").admin((MEM.account,)) is None

def test_removed_admins_invitation_declined_under_way(sample_library):
    """left (Leave) admin with a fresh invitation of own: accept = staying, staff not told?"""
    w = World(sample_library)
    from tests.scenarios.test_r1_forged import FINCH
    w.does(A.TakeOver("@larks_choir"), FINCH)
    with w.store.work() as k: mine = k.enrolments.of([FINCH.account])[0]
    a, others = w.does(A.AcceptInvitation(mine.id), FINCH)
    with w.store.work() as k: print(k.register.get("1").admins, others)

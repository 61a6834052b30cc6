"""The sentences and labels of forms about accounts and those who run them, whatever platform shows them."""

# In somebody's own words, in a step of a checklist
STEP_TITLE, STEP = "In your own words", "Save it"
STEP_LABEL = "In your own words"
STEP_HINT = "It goes on the register, for staff to see: please name nobody."
STEP_MISSING = "Write a sentence or two."

# Whom it is about
INVITE_TITLE, INVITE = "Invite somebody", "Invite them"
INVITE_WHO, INVITE_HINT = "Who is to run the account?", "They are asked first, and can decline."
ADMIN_TITLE, ADD_ADMIN = "Add an admin", "Add them"
ADMIN_WHO, ADMIN_HINT = "Who runs the account already?", "They are put on the register without being asked."
WHO_MISSING = "Choose somebody."

# An account on the register
ADD_TITLE, ADD = "Add an account", "Add it"
CHANGE_TITLE, CHANGE = "Change an account", "Change it"
HANDLE, HANDLE_HINT = "What is it called?", "Its handle, as in @OUR_GROUP."
KEEPS_HANDLE = "Fill this in only where it is called something else now. What it was called before is kept."
HANDLE_MISSING = "Write what it is called, as in @OUR_GROUP."
PLATFORM, PLATFORM_HINT = "Where is it?", "As in Twitter or Bluesky."
PLATFORM_MISSING = "Write where it is, as in Twitter."
GROUP, GROUP_HINT = "Whose is it?", "The group, and no person."
GROUP_MISSING = "Write which group it belongs to."
PURPOSE, PURPOSE_HINT = "What is it for?", "Please name nobody."
AUDIENCE = "Who is it for?"
KEEPS = "Left empty, it stays as it is."

# Whether it is still as it stands there
CONFIRM_TITLE, CONFIRM = "Once a year", "Confirm it"
ACTIVE, ACTIVE_YES, ACTIVE_NO = "Is the account still active?", "Yes, it is", "No, it is not used any more"
NEW_PURPOSE = "What is it for now?"
NEW_PURPOSE_HINT = "Leave this empty where that has not changed. Please name nobody."
ACCESS = "How many people can get into it?"
ACCESS_TWO, ACCESS_FEWER = "Two or more", "Only one, or I am not sure"
ACCESS_MISSING = "Say how many people can get into it."

# Messages to whoever runs an account
PASS_ON_TITLE, PASS_ON = "Pass a message on", "Look it over"
PASS_ON_LABEL, PASS_ON_HINT = "Your message", "You see first to whom it goes, and say whether they see your name."
PASS_ON_MISSING = "Write the message that is to be passed on."
REPLY_TITLE, REPLY = "Answer a message", "Send the answer"
REPLY_LABEL, REPLY_HINT = "Your answer", "They are told that it comes from whoever runs the account, without your name."
REPLY_MISSING = "Write your answer."

# A request for a new account
FILL_TITLE, FILL = "For the request", "Save it"
FILL_HINT = "You see all of it again before anything is sent."
FILL_MISSING = "Write a few words, or leave this with “Cancel”."
FILL_OTHERWISE = "What would you like to say?"
ADMINS = "Who else is to run it?"
ADMINS_HINT = "They are invited once the account is approved, and not before."
APPROVE_TITLE, APPROVE = "Approve a request", "Approve it"
APPROVE_HINT = "It is put on the register so, and those who are to run it are invited."
APPROVE_WORDS = "Anything to say about its name or branding?"
APPROVE_WORDS_HINT = "It goes to whoever asked, beside the news that the account is approved."

# The same person on another platform
LINK_TITLE, LINK = "Link your accounts", "Link them"
CODE, CODE_HINT = "The code that you were shown", "You get one on the other platform. It is good for ten minutes."
CODE_MISSING = "Type the code."

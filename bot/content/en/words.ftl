# The system's own words, in English. Voice: bot/content/VOICE.md. Ids are stable. Licence: CC0-1.0.

## Commands, as each platform lists them

command-start = Begin here
command-today = A prompt now
command-checkin = Open a check-in now
command-question = Today's question, answered apart
command-memory = Something to remember together
command-win = Something that went right
command-journal = A minute of your day, spoken or written
command-walk = A walk for dreams
command-date = Two ideas for a date, to pick one
command-week = What comes when
command-rituals = See, change and make your rituals
command-timezone = Say where your clock is
command-skip = Leave out what is open, quietly
command-rest = Have me be silent for a while
command-history = Your words, and what was shared
command-help = What I can do

## Coming in

host-unnamed = Whoever runs this bot
host-named = { $name }, who runs this bot,

hello-title = Hello, you two.
hello =
    I bring small rituals to this chat: a morning line of appreciation, a quiet line before sleep, a weekly check-in. Nothing starts until each of you has said yes, in private.
wait-for-host = I'm here. { $host } says yes to a new chat first; then you two begin.
choice-i-am-host = I run this bot
host-only = Only whoever runs this bot can let a chat in. The link or line that `couple-rituals init` shows tells me that it's you.
hello-readers = Others can read along here. Only the two of you can take part.
hello-host = Hello, host. I know you by this account from now on. Chats that ask to come in wait for your yes.
choice-waiting-chat = The chat that asked on { $when }
ask-to-let-in = A chat asked on { $when } to use this bot. Would you like to let it in?
choice-let-in = Let it in
choice-not-let-in = Not now
let-in = It's in, and the chat knows.
not-let-in = It stays outside for now. The chat isn't told.
admitted = You're welcome here. Nothing starts until each of you has said yes, in private.
choice-begin = Begin
full = This bot already has as many couples as its host takes on. Nothing was started.
choice-tell-me-more = Tell me more
start-private =
    I live in a chat that two people share. Add me there and say /start; each of you then says yes or no here, in private.
choice-bring = Add me to a chat
choice-apart = We're in different apps
hand-over = Send the line below to the other one. It lets them in wherever they meet me, once, within a week. What each of you answers to a prompt I carry to the other.
start-private-again = Hello again. /week shows what comes, /help what I can do.
already-here = I'm here. /week shows what comes, /rituals changes it.
before-yes =
    Before you decide: I keep what you answer to me, and nothing else you two write. What you answer to a prompt is visible to both of you, wherever you write it. A weekly check-in is different: each answers it alone, and nothing of it is shown unless its author shares it. { $host } could read what is stored. You can say no, now or later; I give no reason to anyone.
about-limits = I'm a set of prompts, not a counsellor. I don't read or judge what you write, so I won't notice an emergency.
choice-join = Join
choice-not-now = Not now
choice-more = More
not-now = All right. Nothing starts, and nobody is told.
more =
    I post small prompts and keep what you answer to them. { $host } could read what is stored. I don't read or judge what you write, so I won't notice an emergency: your local emergency number is there for that. I suit couples who feel free to say no to each other.
choice-more-privacy = What is kept
choice-more-support = Support
choice-more-remove = Remove this message
privacy =
    What I keep: your answers, your settings, and which chats are yours. What I don't keep: when you read, whether you opened something, where you are, and anything else you two write. { $host } could read what is stored. /settings is yours alone; "Leave" ends it at any time, without a reason.
support-card =
    If you feel unsafe, watched or afraid, or you're thinking of harming yourself, a person can help. In an emergency, your local emergency number.
support-emergency = Emergency: { $number }
support-directories = These directories list services by country.
support-unchecked = These directories list services by country. For this version no person has checked them, nor any phone number, so I show no numbers.
support-phone = If someone might look at this phone, a friend's phone or a library computer is safer. I can remove this message.
support-quarterly = This note goes to everybody, once a quarter.
joined = You're in. It begins once the other one has said yes too.
joined-second = You're in, both of you. The plan is in your shared chat.
other-joined = { $name } said yes. The plan is in your shared chat.
already-in = You're already in.
in-another-couple = You already share rituals in another chat. One couple at a time.
already-two = Two people are in already, so this way in is closed.
invitation-ended = The invitation has ended. /start makes another one.
invitations-many = Three ways in were made within 30 days. The next one can be made on { $date }.
too-much = That was a lot at once, so I stop for a moment. What carries a mark is kept; in a few minutes I take more.
too-many-tries = That were several ways in that are none. In an hour another try works.
invitation-over = That way in has ended. /start in the shared chat makes a new one.

## The plan

plan-title = You're both in.
plan-intro = This is the plan. Either of you can change it, now or later.
plan-not-started = Nothing is posted until one of you presses Start. Answer, skip or ignore: all fine.
plan-started = Started. Change it any time with /rituals. Answer, skip or ignore: all fine.
choice-plan-start = Start
choice-plan-some-mornings = Only Mon, Wed, Fri mornings
choice-plan-every-morning = Every morning
choice-plan-apart = We live apart
choice-plan-one-place = We live in one place
choice-plan-more = Change more

## Clocks

zone-question = Is your clock the one of { $place }? It is { $now } there. If not, send me your city's name, or the time on your wall.
zone-question-apart = Is your clock the one of { $place }? It is { $now } there. If not, press Another city.
choice-zone-right = Yes, { $place }
choice-zone-city = Another city
zone-form-title = Your clock
zone-form-label = Your city, or the time it is for you
zone-form-hint = Lisbon, or 8:15
zone-which = Which one is it?
zone-set = Set: { $place }, where it is { $now } now. Everything comes by that clock.
zone-unknown = I don't know that place. A larger city nearby works, or the time on your wall, such as 8:15.

## Prompts

choice-answer = Answer
choice-not-the-day = Not the day for it
choice-listen = To listen well
choice-answer-in-private = Answer in private
how-to-reply = A reply counts when it mentions me.
how-to-answer-open = To answer, reply to this message or press Answer. What else you write here I don't read.
how-to-answer-offer = This one asks for nothing. What you say about it I don't read, and nothing of it is kept.
how-to-answer-sealed = Your answers aren't shown in the chat unless you share them. { $host } could read what is stored.
form-answer-title = Your answer
answer-is-read = An answer goes to your shared chat, under your name.
quiet-day = A quiet day.
tapped = Noted, quietly.
closed = This one has closed, so I haven't kept that. What you wrote in the chat stays there.
nothing-written = Nothing was written, so nothing is kept.
too-long = That is longer than I can keep ({ $most } characters). In two parts it works.
reply-in-private = Answers to this one go in private. What you wrote here stays in the chat, and I haven't kept it.
today-posted = It's in your shared chat.
today-none = Nothing today. Enjoy it.
today-enough = That's enough for one day. Tomorrow there is another.

## The check-in

item-place = { $at } of { $of }
item-text-hint = Press Write, or simply send it here.
item-text-hint-apart = Press Write, or send it to me in private.
item-number-hint = A number from { $least } to { $most }: press Write, or simply send it here.
item-number-hint-apart = A number from { $least } to { $most }: press Write, or send it to me in private.
item-emoji-hint = An emoji, or up to three. Any of yours can be sent here too.
item-emoji-hint-apart = An emoji, or up to three. Press Write for any of yours.
item-voice-hint = Send a voice note here, if you like. I keep where it is, not what is said.
item-voice-hint-apart = Send a voice note to me in private, if you like. I keep where it is, not what is said.
item-picture-hint = Send a picture here, if you like. I keep where it is, not what is on it.
item-picture-hint-apart = Send a picture to me in private, if you like. I keep where it is, not what is on it.
form-number-hint = { $least } to { $most }
form-emoji-hint = Up to three emoji
asks-text = This one is for words, so I haven't kept that. Written, it works; or Skip.
asks-number = This one is for a number from { $least } to { $most }, so I haven't kept that. One in digits works; or Skip.
asks-emoji = This one is for an emoji, or up to three, so I haven't kept that. Those work; or Skip.
asks-voice = This one is for a voice note, so I haven't kept that. A recording sent to me in private works; or Skip.
asks-picture = This one is for a picture, so I haven't kept that. One sent to me in private works; or Skip.
asks-label = This one is for a press, so I haven't kept that. Any of its choices works; or Skip.
choice-write = Write
choice-skip = Skip
choice-not-this-week = Leave it this week
choice-not-today = Leave it today
form-write-title = In your own words
form-sentence-title = A sentence with it
form-sentence-label = A word alone says little. One sentence of yours goes with it.
share-marked = Marked to share. It appears in the shared chat on { $times }. Until then you can change it here.
share-ready = Ready. If you both are, and each of you marked a line, it appears at once; otherwise on { $times }. You can still change it here.
share-about-warm = The warm lines: { $lines }.
share-about-ready = Ready means: once you both are and each marked a line, it needn't wait for its time.
choice-share-warm = Share the warm lines
choice-share-choose = Choose
choice-share-none = Keep all
choice-share-ready = Ready
choice-share-again = Not ready after all
choice-change-answers = Change my answers
choice-done = Done
choose-lines = Which lines would you like to share? A press changes where a line goes.
line-appears = appears in the shared chat
line-stays = stays with you
choice-share-line = Share: { $line }
choice-keep-line = Keep: { $line }
choice-share-it = Share it
kept = Kept, for you. Nothing is shared.
kept-to-reopen = Kept, for you. Nothing is shared. /{ $command } opens it again.
written-late = What was shared has appeared. What you add now is kept, for you.
share-held =
    It's a gentle few days, so the shared lines of { $title } wait one more day. All of yours are marked to keep; you could mark some again.
choice-look-again = Look again
already-shared = You have both read that line, so it stays as it was. What isn't shared yet you can still change.

## Skipping, resting

skipped = Skipped: { $title }.
nothing-to-skip = Nothing is open right now.
rest-question = Who would like some quiet, and for how long?
choice-rest-me-1 = Me, a day
choice-rest-me-3 = Me, three days
choice-rest-me-7 = Me, a week
choice-rest-me-open = Me, until I say
choice-rest-room-1 = Both of us, a day
choice-rest-room-3 = Both of us, three days
choice-rest-room-7 = Both of us, a week
choice-rest-room-open = Both of us, until one says
choice-rest-me-end = I'm back
choice-rest-room-end = Both of us are back
resting-until = Resting until { $date }.
resting-open = Resting until you say.
resting-alone = { $until } I send you nothing in private. The shared chat goes on and reads nothing of this.
awake-again = The agreed rhythm is back.
said-as-is = { $text }
room-resting = I'm resting for a while.
room-awake = I'm back, in the agreed rhythm.
span-unknown = I didn't get how long. "3 days" or "a week" works, or /rest alone.

## Rituals

rituals-title = Your rituals
lives-apart = You live apart: prompts for one place stay away, and /visit knows when you meet.
lives-near = You live in one place.
choice-own-day = A day of yours
choice-own-day-other = Another day
choice-own-day-none = No such day
own-day = A day of yours: { $day }
own-day-none = You have no day of your own here.
own-day-about = A day in the year that the two of you mark, whatever it is. A prompt for it may come then, and nothing counts the years. Both of you see it, and either may change it.
own-day-form-title = A day of yours
own-day-form-label = Which day?
own-day-form-hint = 14 June
own-day-unknown = I didn't get that day. One such as 14 June works.
choice-more-rituals = More rituals
offers-title = More rituals
offers-hint = Look at one, and switch it on if you both like it. Two at most ask something on one day; what comes seldom goes first. What there is for one of you alone: /settings, in private.
load-line = At most { $most } a week ask for an answer.
load-question = { $now } Beyond that, what comes often gives way to what comes seldom, and never more than two come on one day. How many would you two like?
load-beside = Beside your other rituals it comes: { $days }.
load-beside-none = Your other rituals fill the week, so for now it comes only when you ask. "How much a week" in /rituals, or one ritual less, makes room.
choice-load = How much a week
choice-load-some = { $most } a week
rituals-hint = Press one to change it. Typing works too: /rituals morning 7:30
rhythm-on-request = { $title }: when you ask
rhythm-line = { $title }: { $days }, { $at }
hours-between = { $from } to { $to }
ritual-off = { $title }: off
ritual-changed = Changed. { $line }
next-time = Next: { $when }
choice-back = Back
choice-now = Now
choice-name = Another name
choice-name-own = A name of your own
name-question = { $title } is what it is called here. What do you two call it?
only-on-request = That one comes when you ask for it, so it has no days and no time.
choice-switch-on = Switch on
choice-switch-off = Switch off
choice-other-time = Another time
choice-style-three = Always three things
choice-style-mixed = Mixed prompts
choice-pace-every = Keep every one, also in quiet weeks
choice-pace-thin = Fewer in quiet weeks
choice-each = At each one's own time
choice-together = At one moment for both
time-form-label = What time suits you?
time-form-hint = 7:30 or 8pm
time-unknown = I didn't get that. A time such as 7:30 or 8pm works, or days such as mon wed fri.
ritual-unknown = I don't know that ritual. /rituals lists yours.
untouched = { $title } has come for a while now. Keep it, have it on some evenings, or stop?
choice-keep-it = Keep it
choice-stop-it = Stop
kept-as-it-is = It stays as it is.

## The week

week-title = The week ahead
week-share = { $when } · { $title }: what you share appears
week-there = { $when } in { $place }
week-empty = Nothing is planned. /rituals changes that.
week-not-started = Not started yet: /rituals has a Start button.
week-own-clocks = A time without a name is the time on each one's own clock.
days-every = every day
days-on-request = when you ask

## Looking back

history-title = Your words, and what was shared
history-you = You
history-shared = (shared)
history-marked = (marked to share)
history-kept = (kept)
history-voice = A voice note.
history-picture = A picture.
choice-earlier = Earlier

## Help, and what goes wrong

help-title = What I can do
help-how = Answer a prompt by replying to it. Skip, rest or ignore: all fine.
unknown-command = I don't know that one. /help lists what I can do.
nothing-asked = I had no question open here. /help lists what I can do.
old-choice = That choice is from another time and does nothing now.
bystander = This is for the two who share this chat's rituals. Nothing was changed.
not-yet-two = That works once both of you are in. /start shows the way.
deck-gone = That ritual is no longer part of this bot.
room-silent = I can no longer post in your shared chat, so I'm quiet there. If you'd like me back, let me write there, then send any command there, such as /week.
third-person =
    Others can read this chat. So what you share after answering apart goes to your private chats. If you'd both rather have it here, each of you can say so.
choice-share-here = It may stand here
choice-take-back = Take that back
readers-one = Noted. It stays private unless you've both said so.
readers-both = You've both said so: what you share from check-ins appears in your shared chat from now on.
readers-no = Taken back. What you share from check-ins goes to your private chats.

## Why a prompt was chosen

rule-first = This one comes first to everybody: it shows what this is about.
rule-fresh = It hadn't come lately, and chance did the rest.
rule-season = It belongs to these days of the year or the week.
rule-after-repair = It's one for after a talk such as the one you two had.
rule-gentle = These are lighter days, so only light and steady ones come.
rule-three = You two chose three things for every time.
rule-hard-feelings = Every so often one comes with room for hard feelings, whatever the days are like.
why-nothing = Nothing has come yet.
choice-instead = Not this one
instead-set = Another one stands there now. The chat doesn't say who wished for it.
instead-late = This one stays: somebody answered it, or its time is over.
instead-enough = That's enough exchanging for one day; this one stays. "Not the day for it" still works.
instead-none = There is no other one for now, so this one stays.

## On Telegram

telegram-typed-in-group = Your own line stands in the group, where both of you see it. Typed here, it is yours alone.
telegram-in-private = It's in our private chat.
telegram-goes-in-private = That goes in private.
telegram-open-private = Open our private chat
telegram-as-the-group = You're writing as the group, so I can't tell which of you it is, and I haven't kept it. As yourself it works.

## On Discord

discord-words = In your own words, if you like
discord-noted = Noted.
discord-next = Next
discord-press-again = That took me a moment, so nothing could open. Another press works.
discord-stumbled = That didn't reach my memory, so I haven't kept it. Trying once more may work.
discord-not-mentioned = I can't read a reply that doesn't mention me, so I haven't kept it. With the mention on, or with Answer, it works.
discord-private-closed = I haven't kept that. I'd say why in a direct message, but yours are closed to me.
discord-lacks = What I'm not allowed to do in this channel: { $rights }. Whoever looks after the server can change that.
discord-right-see = see it
discord-right-write = write in it
discord-right-history = read what was written while I was away
discord-right-marks = put a mark on your replies
discord-right-files = show pictures

## Each alone

settings-title = Yours alone
settings-note = This isn't shown in the chat, and nobody is told what you change. Typing works too: /settings quiet 23-7
setting-clock = Clock: { $place }, { $now } now
setting-quiet = Quiet hours: { $from } to { $to }
setting-quiet-none = Quiet hours: none
setting-dates = Quiet dates: { $dates }
setting-dates-none = Quiet dates: none
setting-depth-1 = Prompts: light ones
setting-depth-2 = Prompts: light and warm ones
setting-depth-3 = Prompts: deep ones too
setting-fit = What suits you: { $form }, { $time }
fit-any = any form
fit-doing = something to do
fit-writing = a few words to write
fit-voice = a voice note
fit-talking = something to talk about
fit-0 = any length
fit-1 = a minute or two
fit-5 = five minutes
fit-20 = twenty minutes
setting-notes-on = Private notes at your own time: on
setting-notes-off = Private notes at your own time: off
setting-fewer-on = Fewer posts: yes
setting-fewer-off = Fewer posts: no
setting-words-on = A notification may show words
setting-words-off = A notification says only: { notify-neutral }
setting-language = Language: { $language }
setting-hidden = Prompts you left out for good: { $count }
notify-neutral = A note for later.
choice-open = Open
unreadable-words = (These words were damaged and can no longer be read.)
note-passed = That note was for an earlier moment; there is nothing in it any more.
choice-set-quiet = Quiet hours
choice-set-dates = Quiet dates
choice-set-depth = How deep
choice-set-fit = What suits me
fit-question = What suits you comes a little oftener, and what suits the other on their days; of two lengths the shorter counts. Nothing stays away because of it, and neither of you sees the other's.
choice-fit-any = Any form
choice-fit-doing = Doing
choice-fit-writing = Writing
choice-fit-voice = Voice
choice-fit-talking = Talking
choice-fit-0 = Any length
choice-fit-1 = A minute or two
choice-fit-5 = Five minutes
choice-fit-20 = Twenty minutes
choice-set-notes-on = Private notes, please
choice-set-notes-off = No private notes
choice-set-fewer-on = Fewer posts
choice-set-fewer-off = As many as agreed
choice-set-words-on = Words in notifications
choice-set-words-off = No words in notifications
choice-set-language = Language
choice-set-clock = Clock
choice-set-rest = Rest
choice-set-hidden = Prompts left out
choice-set-recovery = A new recovery code
choice-set-leave = Leave
quiet-question = In which hours would you like no phone to ring? What comes then comes silently.
quiet-set = Set. From { $from } to { $to } nothing rings.
quiet-none = Set. There are no quiet hours.
choice-quiet-early = 21:00 to 7:00
choice-quiet-usual = 22:00 to 7:30
choice-quiet-late = 23:00 to 8:00
choice-quiet-none = None
choice-quiet-other = Other hours
hours-form-title = Quiet hours
hours-form-label = From when to when?
hours-form-hint = 22:30 - 6:45
hours-unknown = I didn't get that. Hours such as 22:30 - 6:45 work, or "none".
dates-question = On a quiet date nothing new is posted, for either of you, and nobody is told why.
choice-dates-add = A date
choice-dates-remove = Take out { $dates }
dates-form-title = Quiet dates
dates-form-label = Which date, or from when to when?
dates-form-hint = 24 Dec, or 12-14 June
dates-set = I'll stay silent on { $dates }. Nobody is told why.
dates-taken-out = Taken out. That date is like any other.
dates-unknown = I didn't get that date. One such as 24 Dec or 12-14 June works.
dates-many = { $first } to { $last }
depth-question = How deep may prompts go? They follow the lighter of your two settings; neither of you sees the other's.
choice-depth-1 = Light
choice-depth-2 = Light and warm
choice-depth-3 = Deep too
depth-set = Got it. Prompts follow the lighter of your two settings; neither of you sees the other's.
notes-on = Private notes come again.
notes-off = No private notes any more. What you open yourself still works.
fewer-on = Fewer posts, from some day in the next week on. The other reads no reason; who answers every day may guess that somebody wished for it.
fewer-off = As many as agreed, from some day in the next weeks on: not at once, so that the change tells nobody who made it.
words-on = Notifications may show words now.
words-off = A notification says only: { notify-neutral }
language-question = Which language would you like?
language-set = Set.
language-only = English is the only language so far.
language-name = English
hidden-question = These don't come, to either of you where both would see them. Nobody is told whose wish it is.
hidden-none = You left nothing out.
choice-hidden-back = Let it come again: { $prompt }
hidden-back = It may come again.
hide-question = Would you like not to see this one again? Then it comes to neither of you.
choice-hide = Not again
hide-question-alone = Would you like not to see this one again?
hide-set-alone = You won't see that one again. No reason needed, none shown.
choice-hide-first = Not the first again
choice-hide-second = Not the second again
hide-set = You won't see that one again, either of you. No reason needed, none shown.
hide-nothing = There is no prompt here to leave out.
setting-unknown = I didn't get that. /settings shows what there is.
choice-set-alone = For you alone
command-settings = What you decide alone
command-pause = A pause, with a time to come back
command-repair = Talk something through, in five small steps
command-agree = Agree on one small thing, in your own words
command-practice = Something to practise, alone or together
command-assess = Seven lines about the last two weeks, for you
command-why = Why this prompt, and perhaps another one
command-hide = Leave a prompt out for good
command-more = About this bot, support, leaving

## For one alone

alone-title = For you alone
alone-note = What you switch on here comes to you in private, some time between the hours you choose. Nothing is asked afterwards, and the other isn't told: neither that you have it, nor that it came.
alone-muted = You have private notes switched off, so none of these come. /settings has the switch.
alone-in-quiet-hours = These hours lie within your quiet hours, so nothing would come.
alone-cue = Your moment: { $cue }
alone-days = Which days suit you? { $most } at most.
alone-hours = Between which hours may it come? The minute is left to chance.
alone-hours-hint = 12:00 - 15:30
alone-hours-unknown = I didn't get that. Hours of one day, such as 12:00 - 15:30, work; half an hour at least.
choice-alone-days = Days
choice-alone-hours = Hours
choice-day-add = Add { $day }
choice-day-out = Leave out { $day }
choice-fewer = Fewer of these
choice-no-more = No more of these
choice-not-this-one = Not this one
choice-cue = Name a moment
choice-cue-other = Another moment
cue-form-title = A moment of yours
cue-form-label = When would a line come easily?
cue-form-hint = When I close my laptop
cue-set = Kept, for you: some of these lines name it. /mine shows it, and deletes it.
suggestion-title = Something to practise
suggestion-on = Something to practise, by your own check-ins: on
suggestion-off = Something to practise, by your own check-ins: off
suggestion-about = At most once a month, in private: which of your own check-in lines you pressed lowest of late, and one practice that goes with it. I go by the words you pressed and by nothing you wrote; it is worked out anew each time and kept nowhere. Where little was pressed, or all of it lies high, nothing comes. The other isn't told.
suggestion = Of the lines in your own check-ins, "{ $item }" has come lowest lately. If you like, this goes with it:
suggestion-for-two = It takes both of you. If you begin it, the other is asked in private whether now suits.
suggestion-put-away = I won't bring that one up again. /practice still has it.
choice-look = Have a look
choice-begin-walk = Begin
choice-not-for-me = Not for me
week-alone = { $when } · { $title } (for you alone)

## Own words

mine-title = Your words
mine-intro = All of these are yours, the newest first. This isn't shown in the chat. /mine with a word searches.
mine-none = Nothing is kept here.
mine-empty = Nothing yet. What you answer is kept here, for you.
mine-found = These hold what you looked for.
mine-not-found = None of your words hold that.
mine-shared = The other can read it.
mine-kept = Kept, for you.
mine-sure = Delete it? It goes from my records for good, and from any later copy of them.
mine-sure-all = Delete every word of yours? All of it goes from my records for good. /export makes a copy first.
mine-deleted = Your words are deleted from my records. Copies in the chat itself are yours to delete there; I take my own message away where the app lets me.
choice-mine-change = Change
choice-mine-delete = Delete
choice-mine-gone = Yes, delete
choice-mine-all = Delete all of mine
export-nothing = Nothing of yours is kept here, so there is nothing to hand over.
export-mine = Here is a copy of what you wrote. It has only your words.
export-about = A copy of what you wrote to the bot: your words alone, as you wrote them. The page reads well anywhere; the other files hold the same for programs.
command-mine = Your own words: read, search, change, delete
command-export = A copy of your own words

## Leaving

command-leave = Stop, alone and at any time
leave-how = Leave? Posts stop for both of you. The chat reads one sentence, the same as for any other stop, and nobody is told who.
choice-leave-now = At once
choice-leave-slow = Go quiet slowly
choice-leave-stay = Stay
choice-leave-copy = Take a copy first
choice-leave-nothing = Leave and delete my words
choice-leave-asis = Leave all as it is
leave-with = Your words can go with you, be deleted, or stay as they are. For 30 days /export and /mine still work here; 30 days after that everything is deleted.
leave-stayed = All right. Nothing changes.
leave-under-way = You're going quietly, until { $date }. You can still stay, or go at once.
leaving-slowly = Fewer posts come from some day in the next week on, as in any quieter stretch, and on { $date } they stop. /leave takes it back until then.
left = It has stopped. For 30 days /export and /mine still work here, for you as for the other; 30 days after that everything is deleted. If you feel unsafe, /more has support.
left-and-deleted = It has stopped, and your words are deleted from my records. Copies in the chat itself are yours to delete there. If you feel unsafe, /more has support.
room-over = I'm resting from now on. Nothing that is written here is recorded any more. For 30 days each of you can take a copy of your own words along: /export, in private.
is-over = I'm resting here. For 30 days from the end, /export and /mine still work for your own words. /start in a chat begins anew.

## Visits

command-visit = Days that you spend in one place
visit-near = You two live in one place, as I know it, so every day is one. If you live apart, /rituals has a button for it.
visit-how = When you two meet, /visit with the dates, such as /visit 12-19 June, has everything come by one clock, with prompts for one place.
visit-planned = A visit: { $dates }. On those days everything comes by the clock of { $place }.
visit-off = The visit is called off. Each one's own clock holds.
visit-count = Noted. If you both like to know, the mornings before say how many days are left.
visit-uncount = Noted. No days are counted.
visit-countdown = Days until you meet: { $days }
choice-visit-place = By the clock of { $place }
choice-visit-count = Count the days
choice-visit-off = No visit after all

## Another account

command-recover = Come back from another account
recovery-code = If you ever lose this account: /recover { $code } in private, from another one, makes you yourself again. Keep it where nobody else looks; a newer code ends it.
recover-in-private = That works in private, with me alone.
recover-known = You're known here by this account already.
recover-how = /recover with the code that you were given when you came in. The code can be made anew from the old account, in /settings.
recover-unknown = That code is none, or a newer one has ended it.
recovered = It's you. From now on I know you by this account. Your next code, in place of the old one: { $code }
moved-away = Another account is yours here now, by your recovery code. If that wasn't you: /settings there is no longer yours from here, and whoever you trust can help. /more shows where to turn to.
move-here = Your rituals live in another chat. Shall they go on in this one?
choice-move-here = Yes, here
moved-here = They go on here from now on.

## What both shared

choice-export-both = What we both shared
export-both = Here is a copy of what you both shared. Each of you asked for it.
export-both-asked = Noted. If the other one asks for the same within a week, each of you can take it. I don't tell them.
export-both-back = Taken back. What you both shared is handed to nobody.
export-both-agreed = You both asked for a copy of what you shared. /export hands it over.
export-about-both = A copy of what the two of you shared with each other through the bot, as each of you wrote it. Both of you asked for it.
export-title-both = What you both shared

## Guided walks

walk-goes-on = You both said now. It goes on in the chat.
walk-waits = It begins in the chat once you both say now. If that isn't so by { $until }, the chat reads one line, whatever the reason.
walk-not-now = That's fine. Later the chat reads the same line as for any other no, or for silence.
walk-closed = This one is over. It can be begun again at any time.
walk-turn = { $speaker } speaks, { $listener } listens.
walk-no-card = No card here.
walk-no-best = What is there already, you know best.
walk-and = { " and " }
walk-shown = It stands in the chat, under your name.
practices-title = Something to practise
practices-hint = What you pick or write there is for you; the chat shows none of it unless you say so.
choice-go-on = Go on: { $title }
choice-next = Next
choice-stop-here = Stop here
choice-my-card = My card
choice-show-in-chat = Show it in the chat
choice-review-keep = Keep it
choice-review-change = Change it
choice-review-drop = Put it down
review-kept = It stays.
review-dropped = Put down, and deleted here.
choice-leads-on-repair = Start a repair
leads-on-repair = Yesterday you wrote down something to put right. It was yours alone, and still is. If you like, it could be talked through in five small steps; they begin only if you both say now.
choice-write-line = Write a line
choice-no-day = No day
choice-agree-starters = A beginning
choice-agree-others = Others
choice-agree-suits = Say it in private
choice-agree-change = Change it
choice-agree-on-14 = In two weeks
choice-agree-on-30 = In a month
choice-agree-on-91 = In three months
choice-agree-day = Another day
choice-agree-look = Look at it again
choice-agree-look-at = Look at { $number } again
choice-agree-another = Another one
choice-agree-keep = Keep it
choice-agree-letgo = Let it go
agree-starters = To begin with, if one of these fits. Take it, change it, or leave it.
agree-noted = Noted. It goes on in the chat once you have both said yes to the same words.
agree-not-yet = That's fine. The chat shows nothing of it. Either of you can change the words there.
agree-passed = That has passed. The post in the chat says where it stands.
agree-on = On { $day } you're both asked how it suits.
agree-changed-since = Something in it changed since you both said yes.
agree-let-go = Let go. The lines stay yours, in /mine.
agree-day-label = Which day?
agree-day-hint = 24 Dec
agree-day-ahead = A day from tomorrow on works, up to a year ahead.

## A timer

choice-timer-minutes = { $minutes } minutes
choice-timer-end = End it here
timer-runs = It runs until { $until }.
timer-over = Over.

## Two ideas

idea-first = The first: { $idea }
idea-second = The second: { $idea }
choice-idea-first = The first
choice-idea-second = The second
choice-idea-other = Rather the other one
choice-idea-none = Not this week
choice-idea-again = See the ideas again
ideas-closed = This choice has closed. /date brings two new ideas.
idea-when = When: { $when }
choice-date-when = When?
choice-date-move = Another time
choice-date-file = Calendar file
choice-date-today = Today
choice-date-tonight = Tonight
choice-date-tomorrow = Tomorrow
choice-date-saturday = Saturday
choice-date-ask = Another moment
date-question = When would suit you both? The chat shows what you pick, and either of you can change it.
date-line = { $label }: { $when }
date-form-title = When
date-form-label = Day and time, on your clock
date-form-hint = Saturday 19:30, or 24 Dec 8pm
date-set = { $when }. The chat shows it, on both clocks.
date-unknown = I didn't get that. A day and a time work, such as Saturday 19:30, tomorrow 8pm or 24 Dec 20:00.
date-past = That moment has passed. Another one?
date-far = That is further away than I can note. Up to three months ahead works.
date-file = For your own calendar.

## A pause

choice-pause-minutes = { $minutes } minutes
choice-pause-hour = An hour
choice-pause-hours = { $hours } hours
choice-pause-tomorrow = Until this time tomorrow
choice-pause-meanwhile = Something for meanwhile
choice-pause-later = Another time
choice-pause-end = End it now
choice-pause-calm = Yes
choice-pause-more = I need more time
choice-pause-not-today = Not today
choice-pause-repair = Yes, now
pause-called = Paused until { $back }.
pause-moved = It runs on until { $back }. The chat says so, and not who asked.
pause-noted = That's all right.
pause-past = This one is over.
pause-ended = Ended. The chat says that the pause is over.
pause-none = There is no pause right now. /pause calls one.
pause-unknown = I didn't get how long. 20 minutes to a day works: /pause 30
pause-words = What means pause for the two of you:
pause-until-when = How much longer?

## A deck that is being written, in the playground

preview-read = { $title }, as the file has it now. "Start over" clears the chat.
preview-asked-for = { $title } comes when it is asked for: /{ $name }
preview-alone = { $title } comes to one of you alone, who switches it on under "For you alone" in /settings.
preview-now = { $title } begins when somebody asks for it: "Now" on its page in /rituals, among More rituals.
preview-off = { $title } is off: enabled = false. It would be offered to nobody.
preview-broken = { $file }: { $key }: { $reason } The last good version goes on.

## The couple's own lines

choice-line-add = Add a line of yours
choice-line-list = Your lines here
choice-line-another = One more
choice-line-remove = Remove yours
choice-line-good = Not in the days after a hard one
choice-line-any = On any day
line-form-label = One line for it to ask, in your own words. Your partner reads it when it comes.
line-comes = It comes now and then, like any other line here, without your name. { $host } could read it. /mine shows it to you and removes it.
line-asked-in-private = From now on it is asked here, in private, of both of you. { $host } could read it. /mine shows it to you and removes it.
line-on-any-day = Noted. It may come on any day.
line-on-good-days = Noted. It doesn't come in the days after a hard one.
lines-yours = The lines that you added here, the newest first. This isn't shown in the chat.
lines-none = You have added no line here.
lines-enough = This ritual holds { $most } lines of yours, and that is all it takes. Once one goes, there is room again.
already-asked = It has been asked already, so it stays as it was asked. You can remove it and write a new one.
given-line = A line that you gave it
given-name = The name that you gave it
given-to-come = It hasn't come yet.
own-ritual-unnamed = A ritual of your own
own-ritual-about = A ritual that the two of you made.
own-rhythm-daily = Every day
own-rhythm-workdays = Mon to Fri
own-rhythm-three = Mon, Wed, Fri
own-rhythm-weekend = Weekends
own-rhythm-weekly = Sundays
own-sealed-intro = In private, a line each. You can skip any of it, or all of it.
own-sealed-room = Answer in private; what you choose to share appears together in your shared chat: {"{"}share_times{"}"}.
own-sealed-closing = Saved, for you. Share any lines with your partner?
own-sealed-author = {"{"}name{"}"} shared:
own-sealed-after = No need to agree. One question each, if you like, and enough for today.
own-sealed-empty = No lines this time, and that is fine too.

## A ritual of their own

choice-own-new = Make one of your own
own-draft-title = A ritual of your own
own-draft-name = Name:
own-draft-asks = It asks:
own-draft-open = Answered in the chat, for both to read.
own-draft-sealed = Answered in private; what each of you chooses to share appears together.
own-draft-alone = This is not shown in the chat, and your partner sees none of it before you start it. { $host } could read it.
own-when = When: { $days }, { $at }
own-days-question = On which days? Two rituals at most ask something on one date; what comes seldom goes first.
own-look-full = On these days two others ask already, so it would give way to them. Fewer days, or another one switched off, and it comes.
own-look = This is how it will stand in the chat. Nothing has been posted.
own-look-private = In private it asks each of you:
own-look-share-times = in the evening, when both are awake
own-name-label = What is it called?
own-name-hint = Sunday soup
own-ask-label = One thing for it to ask, or to say
own-ask-hint = What was good about this week?
choice-own-look = See how it looks
choice-own-ask = Add what it asks
choice-own-less = Take the last one out
choice-own-name = The name
choice-own-days = The days
choice-own-time = The time
choice-own-open = Answered in the chat
choice-own-sealed = Answered in private
choice-own-start = Start it
choice-own-see = Change something
choice-own-away = Delete this ritual
choice-own-gone = Yes, delete
choice-own-file = As a file
choice-own-look-at = Look at it
own-not-whole = It still lacks a name, or something to ask.
own-enough = There are { $most } rituals of your own, and that is all I keep. Once one is deleted, there is room again.
own-not-yours = Whoever made it can delete it. Switching it off works for either of you.
own-started = It is started. Either of you can change it or switch it off, in /rituals.
own-begun = A ritual of your own comes from now on. { $line }
own-ended = A ritual of your own has ended. What each of you answered stays yours, in /mine and /history.
own-sure = Delete "{ $title }"? It ends for both of you, and what you wrote for it goes for good. Answers stay with whoever gave them, and so do lines that your partner added.
own-sure-draft = Throw it away? What you wrote for it goes for good.
own-gone = It is deleted, with what you wrote for it.
own-file = This file holds the ritual with its days and time, and of its words only yours: what your partner wrote for it is not in it. Whoever runs a bot like this one puts it into the folder "rituals".
own-file-none = Nothing that this ritual asks is yours, so a file would be empty. Your partner can take one of what they wrote.

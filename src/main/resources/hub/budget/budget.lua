-- The budget of one account, a hash: log:* the booked calls, pause:*, learned:*, and what is known of its past.
--   epoch    since when this hash tells the whole truth; every process tells it once what it booked before
--   await:*  the processes that have not told yet, awaited is their number
--   short    short windows count as full from here on, until nobody is awaited any more
--   settle   until then nothing is booked while somebody is awaited; who lives tells within that time
--   lowered:* when the partner said that it takes fewer calls than before
--   cut:*    a rate below the rule's, after the partner refused a call and did not say how many it takes
--   long     half of every long window counts as used from here on, less what processes told (told:*)
-- A log is binary, 16 bytes an entry: a time and how many calls were booked up to it, both ascending. The first entry
-- only says how many went before. Times are Redis' own milliseconds, in steps of their limit's grain.
local now
do
  local clock = redis.call('TIME')
  now = clock[1] * 1000 + math.floor(clock[2] / 1000)
end

local WIDTH, FEW, SHORT = 16, 1000, 60000

-- The reserve of a window of up to SECOND is only kept from what is booked further ahead than NEAR calls of the rate:
-- nearer ones would go to nobody any more, and an order overtakes what is booked further ahead. Where calls are spread,
-- every second place is left free there, which fits one call exactly.
local SECOND, NEAR = 1000, 2.5

-- After a refusal HALF of the rate is used, a little less so that a bucket of as many calls has some left; after
-- PATIENCE a tenth more, then three, seven ... tenths more, each for a CLIMB and up to the rule. A refusal on the way up
-- ends it where it was not refused before, and the next try waits AGAIN long.
local HALF, PATIENCE, AGAIN, CLIMB = 0.498, 1200000, 1800000, 60000

local function pack(time, sum)
  return struct.pack('>dd', time, sum)
end

local function entry(log, i)
  local time, sum = struct.unpack('>dd', log, (i - 1) * WIDTH + 1)
  return time, sum
end

-- How many calls were booked up to a time, and the last entry that is not later.
local function upto(log, time)
  local low, high = 1, #log / WIDTH
  while low < high do
    local middle = math.floor((low + high + 1) / 2)
    if entry(log, middle) <= time then
      low = middle
    else
      high = middle - 1
    end
  end
  local _, sum = entry(log, low)
  return sum, low
end

local function total(log)
  local _, sum = entry(log, #log / WIDTH)
  return sum
end

local function step(limit, at)
  return math.ceil(at / limit.grain) * limit.grain
end

-- Without what no window reaches any more.
local function trimmed(log, limit)
  local _, last = upto(log, now - limit.span)
  return last > 1 and string.sub(log, (last - 1) * WIDTH + 1) or log
end

local function booked(log, at, calls)
  local sum, i = upto(log, at)
  local same = i > 1 and entry(log, i) == at
  local parts = { string.sub(log, 1, (same and i - 1 or i) * WIDTH), pack(at, sum + calls) }
  for later = i + 1, #log / WIDTH do
    local time, before = entry(log, later)
    parts[#parts + 1] = pack(time, before + calls)
  end
  return table.concat(parts)
end

-- The first time from u on that leaves no span with more than n calls. Every n booked calls that lie within one span bar
-- the time around them; both ends of the barred times ascend, so one pass is enough.
local function free(log, n, span, u)
  local before, first = upto(log, u - span)
  if total(log) - before < n then
    return u
  end
  local times, sums = {}, {}
  for i = first + 1, #log / WIDTH do
    times[#times + 1], sums[#sums + 1] = entry(log, i)
  end
  local j = 1
  for i = 1, #times do
    while j <= #times and sums[j] - before < n do
      j = j + 1
    end
    if j > #times then
      return u
    end
    if times[j] - times[i] < span and u > times[j] - span and u < times[i] + span then
      u = times[i] + span
    end
    before = sums[i]
  end
  return u
end

local function pause(key, field, untilTime)
  if untilTime > now and untilTime > tonumber(redis.call('HGET', key, field) or 0) then
    redis.call('HSET', key, field, untilTime)
  end
end

local EMPTY = pack(0, 0)

local function follow(limit, learned)
  for name, value in pairs(cjson.decode(learned)) do
    limit[name] = value
  end
end

-- Calls a window after n steps up, of as many as the rule allows now: it may have been changed since the refusal.
local function level(cut, n, calls)
  return math.min(calls, cut.rate * (0.9 + 0.1 * 2 ^ math.min(n, 20)))
end

local function steps(cut)
  local waited = now - cut.since - cut.patience
  return waited < 0 and 0 or 1 + math.floor(waited / CLIMB)
end

local function cutField(limit)
  return 'cut' .. string.sub(limit.log, 4)
end

-- As many calls as go into a window at the rate, and the time they take.
local function slow(limit, rate)
  if rate >= limit.calls then
    return
  end
  local calls = math.max(1, math.floor(rate))
  limit.calls, limit.span = calls, math.ceil(limit.window * calls / rate) + limit.margin
  limit.burst, limit.reserve = math.min(limit.burst, calls), math.min(limit.reserve, math.floor(calls / 4))
  limit.pace = math.ceil(limit.span * limit.burst / calls)
end

-- A part of a limit, in as long a window; where that is less than one call, in a longer one.
local function take(limit, part)
  local calls = math.floor(limit.calls * part)
  limit.span = calls < 1 and math.ceil(limit.span / (limit.calls * part)) or limit.span
  limit.calls = math.max(1, calls)
  limit.burst, limit.reserve = math.min(limit.burst, limit.calls), math.min(limit.reserve, math.floor(limit.calls / 4))
  limit.pace = math.ceil(limit.span * limit.burst / limit.calls)
end

-- The limits that stand in the arguments from a on, and their fields of the hash behind the fields named. part: what of
-- them may be used, in thousandths, all where it is missing.
local function read(key, fields, a, part)
  local limits, plain = {}, #fields
  for i = a, #ARGV, 10 do
    limits[#limits + 1] = {
      log = ARGV[i], pause = ARGV[i + 1], learned = ARGV[i + 2], calls = tonumber(ARGV[i + 3]),
      window = tonumber(ARGV[i + 4]), grain = tonumber(ARGV[i + 5]), span = tonumber(ARGV[i + 6]),
      burst = tonumber(ARGV[i + 7]), pace = tonumber(ARGV[i + 8]), reserve = tonumber(ARGV[i + 9]),
    }
    local at = #fields
    fields[at + 1], fields[at + 2], fields[at + 3], fields[at + 4] =
      ARGV[i], ARGV[i + 1], ARGV[i + 2], cutField(limits[#limits])
  end
  local values = redis.call('HMGET', key, unpack(fields))
  for i, limit in ipairs(limits) do
    local at = plain + (i - 1) * 4
    local learned = limit.learned ~= '' and values[at + 3]
    if learned then
      follow(limit, learned)
    end
    limit.margin = limit.span - limit.window
    if not learned and values[at + 4] then
      limit.cut = cjson.decode(values[at + 4])
      limit.rate = level(limit.cut, steps(limit.cut), limit.calls)
      slow(limit, limit.rate)
    end
    if part and part < 1000 then
      take(limit, part / 1000)
    end
    limit.booked = trimmed(values[at + 1] or EMPTY, limit)
    limit.paused = tonumber(values[at + 2] or 0)
  end
  return limits, values
end

-- Adds the rate of each slowed limit to an answer, in thousandths of a call a window; 0 where it is the rule's.
local function withRates(answer, limits)
  for _, limit in ipairs(limits) do
    answer[#answer + 1] = limit.rate and math.floor(limit.rate * 1000) or 0
  end
  return answer
end

local function write(key, limits)
  local fields = {}
  for i, limit in ipairs(limits) do
    fields[2 * i - 1], fields[2 * i] = limit.log, limit.booked
  end
  redis.call('HSET', key, unpack(fields))
end

-- Calls of a long window that count as used because nobody knows better.
local function assumed(key, limit, long)
  if limit.window <= SHORT or now >= long + limit.span then
    return 0
  end
  local told = tonumber(redis.call('HGET', key, 'told:' .. limit.log) or 0)
  return math.max(0, math.ceil(limit.calls / 2) - told)
end

-- A number of calls at once, to be made before hold has passed; nothing is booked unless all of them are free.
local function several(limits, most, at, calls, hold)
  if at > now then
    return false
  end
  for i, limit in ipairs(limits) do
    if limit.burst > 0 or total(limit.booked) - upto(limit.booked, now - limit.span) + calls > most[i] then
      return false
    end
  end
  for _, limit in ipairs(limits) do
    limit.booked = booked(limit.booked, step(limit, now + hold), calls)
  end
  return true
end

local function released(limit)
  return limit.window <= SECOND and limit.reserve > 0
end

-- The first time from at on that suits all limits, the limit that decided it, and whether a long log made it wait.
local function earliest(limits, most, at, decisive, orders, ahead)
  local full = false
  repeat
    local before = at
    for i, limit in ipairs(limits) do
      local from = step(limit, at)
      local to = free(limit.booked, most[i], limit.span, from)
      if limit.burst > 0 and ahead and released(limit) then
        to = free(limit.booked, 1, 2 * math.ceil(limit.pace / limit.burst), to)
      elseif limit.burst > 0 then
        to = free(limit.booked, limit.burst + (orders and limit.reserve or 0), limit.pace, to)
      end
      if to > from then
        at, decisive = to - limit.grain + 1, i
        full = full or total(limit.booked) - upto(limit.booked, now) >= math.max(limit.calls, FEW)
      end
    end
  until at == before
  return at, decisive, full
end

-- How many calls each limit gives to the catalogue for now, and how far ahead that is; nil where it gives no more.
local function near(limits, most)
  local all, ahead = {}
  for i, limit in ipairs(limits) do
    all[i] = most[i]
    if released(limit) then
      all[i] = most[i] + limit.reserve
      ahead = math.max(ahead or 0, NEAR * limit.span / limit.calls)
    end
  end
  return ahead and all, ahead
end

local ops = {}

-- Arguments: the epoch the process told, orders (1), the longest wait, calls wanted, hold, the part, the limits.
-- {1, wait, limit that made it wait, time, calls, epoch} booked; {0, wait, limit, 0, 0, epoch} refused and unchanged;
-- both with the rates of the limits behind; {-1} the account is unknown here; {-2, epoch} the process has not told yet; {-3, wait} other processes have not.
function ops.spend()
  local key, orders, longest = KEYS[1], ARGV[3] == '1', tonumber(ARGV[4])
  local limits, past = read(key, { 'epoch', 'awaited', 'short', 'long', 'settle' }, 8, tonumber(ARGV[7]))
  if not past[1] then
    return { -1, 0 }
  elseif past[1] ~= ARGV[2] then
    return { -2, tonumber(past[1]) }
  end
  local epoch, short, long = tonumber(past[1]), tonumber(past[3]), tonumber(past[4])
  local pausing, pausedUntil = 0, now
  for i, limit in ipairs(limits) do
    if limit.paused > pausedUntil then
      pausing, pausedUntil = i, limit.paused
    end
  end
  if pausedUntil - now > longest then
    return withRates({ 0, pausedUntil - now, pausing, 0, 0, epoch }, limits)
  elseif tonumber(past[2]) > 0 and now < tonumber(past[5]) then
    return { -3, math.min(250, tonumber(past[5]) - now) }
  end
  local at, decisive, most = pausedUntil, pausing, {}
  for i, limit in ipairs(limits) do
    most[i] = limit.calls - (orders and 0 or limit.reserve)
    local barred = 0
    if limit.window > SHORT then
      most[i] = most[i] - assumed(key, limit, long)
      if most[i] < 1 then
        barred, most[i] = long + limit.span, 1
      end
    elseif short > 0 then
      barred = short + limit.span
    end
    if barred > at then
      at, decisive = barred, i
    end
  end
  local wanted = tonumber(ARGV[5])
  if wanted > 1 and several(limits, most, at, wanted, tonumber(ARGV[6])) then
    write(key, limits)
    return withRates({ 1, 0, 0, now + tonumber(ARGV[6]), wanted, epoch }, limits)
  end
  local start, pausedBy, full = at, decisive, false
  at, decisive, full = earliest(limits, most, start, pausedBy, orders, not orders)
  if not orders and at > now then
    local all, ahead = near(limits, most)
    local sooner, by = earliest(limits, all or most, start, pausedBy, orders, false)
    if all and sooner < at and sooner - now <= ahead then
      at, decisive, full = sooner, by, false
    end
  end
  if at - now > longest or (full and not orders) then
    return withRates({ 0, at - now, decisive, 0, 0, epoch }, limits)
  end
  for _, limit in ipairs(limits) do
    limit.booked = booked(limit.booked, step(limit, at), 1)
  end
  write(key, limits)
  return withRates({ 1, at - now, decisive, at, 1, epoch }, limits)
end

local function unbook(limit, at, calls)
  local _, i = upto(limit.booked, at)
  if i > 1 and entry(limit.booked, i) == at then
    limit.booked = booked(limit.booked, at, -calls)
  end
end

-- Arguments: the epoch, the time, the number of calls, the limits: they were booked at once, and were not made.
function ops.giveBack()
  local limits, past = read(KEYS[1], { 'epoch' }, 5)
  if past[1] ~= ARGV[2] then
    return {}
  end
  for _, limit in ipairs(limits) do
    unbook(limit, step(limit, tonumber(ARGV[3])), tonumber(ARGV[4]))
  end
  write(KEYS[1], limits)
  return {}
end

-- Arguments: the epoch, the time, whether it was made (1), the limits: one call that was booked for then only leaves now.
-- {0} it counts now; {wait} it is later than the margin, and a window would hold one too many: it must not leave, and is
-- booked no more. {-1} booked in another epoch, or nowhere.
function ops.late()
  local limits, past = read(KEYS[1], { 'epoch' }, 5)
  if past[1] ~= ARGV[2] then
    return { -1 }
  end
  local at, made, wait = tonumber(ARGV[3]), ARGV[4] == '1', 0
  for _, limit in ipairs(limits) do
    unbook(limit, step(limit, at), 1)
    limit.from = step(limit, math.max(at, now))
    if not made and now - at > limit.margin then
      local to = free(limit.booked, limit.calls, limit.span, limit.from)
      wait = to > limit.from and math.max(wait, to - now) or wait
    end
  end
  for _, limit in ipairs(wait == 0 and limits or {}) do
    limit.booked = booked(limit.booked, limit.from, 1)
  end
  write(KEYS[1], limits)
  return { wait }
end

local function await(key, ids, settle)
  for i, id in ipairs(ids) do
    redis.call('HSET', key, 'await:' .. id, 1)
  end
  redis.call('HSET', key, 'epoch', now, 'awaited', #ids, 'short', now, 'settle', now + settle)
end

-- The account is new here. used: it has called before, Redis has forgotten how often; ids: who called lately.
function ops.begin()
  local ask = cjson.decode(ARGV[2])
  if redis.call('HEXISTS', KEYS[1], 'epoch') == 0 then
    redis.call('HSET', KEYS[1], 'long', ask.used and now or 0, 'begun', 1)
    await(KEYS[1], ask.ids, ask.settle)
  end
  return {}
end

-- Short windows are told again by everybody who called lately.
local function retell(key, ask)
  for _, field in ipairs(redis.call('HKEYS', key)) do
    local window = string.match(field, '^log:.*:(%d+)$')
    if string.sub(field, 1, 6) == 'await:' or (window and tonumber(window) <= SHORT) then
      redis.call('HDEL', key, field)
    end
  end
  redis.call('HDEL', key, 'begun')
  await(key, ask.ids, ask.settle)
end

-- Redis is new, or has lost its last second, maybe.
function ops.resume()
  local ask = cjson.decode(ARGV[2])
  for _, key in ipairs(KEYS) do
    if redis.call('HEXISTS', key, 'epoch') == 1 then
      retell(key, ask)
    end
  end
  return {}
end

-- A process could not ask for away milliseconds and called at its share; so did others, maybe. The first that is back
-- makes all of them tell. One that is full answers and books nothing: it refuses here, before anything is forgotten.
function ops.rejoin()
  local ask = cjson.decode(ARGV[2])
  if KEYS[1] then
    redis.call('HSET', KEYS[1], 'tried', now)
    redis.call('HDEL', KEYS[1], 'tried')
  end
  for _, key in ipairs(KEYS) do
    local epoch = tonumber(redis.call('HGET', key, 'epoch') or now)
    if now - epoch > ask.away then
      retell(key, ask)
    end
  end
  return {}
end

-- What a process booked before this epoch, and what it booked while Redis was away; times are relative to now.
function ops.tell()
  local key, ask = KEYS[1], cjson.decode(ARGV[2])
  local epoch = redis.call('HGET', key, 'epoch')
  if not epoch then
    return { 0 }
  end
  local begun = redis.call('HEXISTS', key, 'begun') == 1
  for _, line in ipairs(ask.lines) do
    local limit = line.limit
    local log, calls = trimmed(redis.call('HGET', key, limit.log) or EMPTY, limit), 0
    local function add(bookings)
      for i = 1, #bookings, 2 do
        log = booked(log, math.max(step(limit, now - limit.span), step(limit, now + bookings[i])), bookings[i + 1])
        calls = calls + bookings[i + 1]
      end
    end
    add(line.unsettled)
    if epoch ~= ask.epoch and (begun or limit.window <= SHORT) then
      add(line.settled)
    end
    redis.call('HSET', key, limit.log, log)
    redis.call('HINCRBY', key, 'told:' .. limit.log, calls)
  end
  if redis.call('HDEL', key, 'await:' .. ask.id) == 1 and redis.call('HINCRBY', key, 'awaited', -1) == 0 then
    redis.call('HSET', key, 'short', 0)
  end
  return { tonumber(epoch) }
end

-- The epoch of each account, 0 where there is none.
function ops.epochs()
  local epochs = {}
  for i, key in ipairs(KEYS) do
    epochs[i] = tonumber(redis.call('HGET', key, 'epoch') or 0)
  end
  return epochs
end

function ops.pause()
  for field, ahead in pairs(cjson.decode(ARGV[2])) do
    pause(KEYS[1], field, now + ahead)
  end
  return {}
end

-- Arguments: the pause from now on, the limits: the partner refused a call, and did not say how many it takes. The rates
-- that hold from now on.
function ops.refused()
  local key, pausing = KEYS[1], tonumber(ARGV[2])
  local limits = read(key, {}, 3)
  for i, limit in ipairs(limits) do
    local cut = limit.cut
    if limit.learned == '' and limit.window <= SHORT and not (cut and now < cut.since) then
      local calls = tonumber(ARGV[3 + (i - 1) * 10 + 3])
      local n = cut and steps(cut) or 0
      local next = { rate = calls * HALF, since = now + pausing, patience = PATIENCE }
      if cut and n == 0 then
        next.rate = math.max(calls / 32, math.min(calls, cut.rate) * HALF)
      elseif cut and level(cut, math.max(0, n - 5), calls) < calls then
        local held = n
        while held > 0 and level(cut, held, calls) >= level(cut, n, calls) do
          held = held - 1
        end
        next.rate, next.patience = level(cut, held, calls), AGAIN
      end
      redis.call('HSET', key, cutField(limit), cjson.encode(next))
      limit.rate = level(next, steps(next), calls)
    end
  end
  return withRates({}, limits)
end

-- How long the longest of some pauses still lasts; a moment where the partner has lowered a rate since a call was
-- booked, so that it is booked again.
function ops.paused()
  local ask, longest = cjson.decode(ARGV[2]), 0
  for _, field in ipairs(ask.pauses) do
    longest = math.max(longest, tonumber(redis.call('HGET', KEYS[1], field) or 0) - now)
  end
  for _, field in ipairs(ask.lowered) do
    longest = math.max(longest, tonumber(redis.call('HGET', KEYS[1], field) or 0) > ask.since and 1 or 0)
  end
  return { longest }
end

-- What others spent of the same account counts as booked now.
function ops.learn()
  local ask, key = cjson.decode(ARGV[2]), KEYS[1]
  local limit, known = ask.limit, redis.call('HGET', key, ask.limit.learned)
  local before = known and cjson.decode(known)
  if before and limit.calls / limit.span < before.calls / before.span then
    redis.call('HSET', key, 'lowered:' .. limit.learned, now)
  end
  redis.call('HSET', key, limit.learned, cjson.encode(limit))
  local log = trimmed(redis.call('HGET', key, limit.log) or EMPTY, limit)
  local others = limit.calls - (total(log) - upto(log, now - limit.span)) - ask.remaining
  if others > 0 then
    redis.call('HSET', key, limit.log, booked(log, step(limit, now), others))
  end
  return {}
end

-- The time, and each account's hash as JSON, with its logs as [time, calls, time, calls, ...].
function ops.view()
  local answer = { now }
  for i, key in ipairs(KEYS) do
    local all, shown = redis.call('HGETALL', key), {}
    for f = 1, #all, 2 do
      shown[all[f]] = all[f + 1]
      if string.sub(all[f], 1, 4) == 'cut:' then
        local cut = cjson.decode(all[f + 1])
        shown[all[f]] = level(cut, steps(cut), math.huge)
      end
      if string.sub(all[f], 1, 4) == 'log:' then
        local calls, _, before = {}, entry(all[f + 1], 1)
        for e = 2, #all[f + 1] / WIDTH do
          local time, sum = entry(all[f + 1], e)
          calls[#calls + 1], calls[#calls + 2], before = time, sum - before, sum
        end
        shown[all[f]] = calls
      end
    end
    answer[i + 1] = cjson.encode(shown)
  end
  return answer
end

return ops[ARGV[1]]()

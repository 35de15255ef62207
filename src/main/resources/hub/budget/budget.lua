-- The budget of one account, a hash: log:* the booked calls, pause:*, learned:*, and epoch, its sentinel.
-- A log is [time, calls, time, calls, ...], ascending, in Redis' own milliseconds, in steps of its limit's grain.
local op, ask = ARGV[1], cjson.decode(ARGV[2])
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)

local function step(limit, at)
  return math.ceil(at / limit.grain) * limit.grain
end

-- Without what no window reaches any more.
local function load(key, limit)
  local all, kept = cjson.decode(redis.call('HGET', key, limit.log) or '[]'), {}
  for i = 1, #all, 2 do
    if all[i] + limit.span > now then
      kept[#kept + 1], kept[#kept + 2] = all[i], all[i + 1]
    end
  end
  return kept
end

local function book(key, limit, log, at, calls)
  local i = #log - 1
  while i >= 1 and log[i] > at do
    i = i - 2
  end
  if i >= 1 and log[i] == at then
    log[i + 1] = log[i + 1] + calls
  else
    table.insert(log, i + 2, at)
    table.insert(log, i + 3, calls)
  end
  redis.call('HSET', key, limit.log, cjson.encode(log))
end

-- The first time from u on that leaves no span with more than n calls. Every n booked calls that lie within one span bar
-- the time around them; both ends of the barred times ascend, so one pass is enough.
local function free(log, n, span, u)
  local j, held = -1, 0
  for i = 1, #log, 2 do
    while held < n and j + 2 < #log do
      j = j + 2
      held = held + log[j + 1]
    end
    if held < n then
      return u
    end
    if log[j] - log[i] < span and u > log[j] - span and u < log[i] + span then
      u = log[i] + span
    end
    held = held - log[i + 1]
  end
  return u
end

local function pause(key, field, untilTime)
  if untilTime > now and untilTime > tonumber(redis.call('HGET', key, field) or 0) then
    redis.call('HSET', key, field, untilTime)
  end
end

local function follow(key, limit)
  local learned = limit.learned ~= '' and redis.call('HGET', key, limit.learned)
  if learned then
    for name, value in pairs(cjson.decode(learned)) do
      limit[name] = value
    end
  end
end

local ops = {}

-- {1, wait, limit that made it wait} booked; {0, wait, limit} refused and unchanged; {-1} the account is unknown here.
function ops.spend()
  local key = KEYS[1]
  local known = redis.call('HGET', key, 'epoch')
  if not known then
    return { -1, 0, 0 }
  end
  local epoch = cjson.decode(known)
  local at, decisive, logs, most, barred = now, 0, {}, {}, {}
  for i, limit in ipairs(ask.limits) do
    follow(key, limit)
    logs[i] = load(key, limit)
    most[i] = limit.calls - (ask.orders and 0 or limit.reserve)
    barred[i] = tonumber(redis.call('HGET', key, limit.pause) or 0)
    if limit.window <= 60000 then
      barred[i] = math.max(barred[i], epoch.short + limit.span)
    elseif now < epoch.long + limit.span then
      most[i] = most[i] - math.ceil(limit.calls / 2)
      if most[i] < 1 then
        barred[i] = math.max(barred[i], epoch.long + limit.span)
        most[i] = 1
      end
    end
    if barred[i] > at then
      at, decisive = barred[i], i
    end
  end
  repeat
    local before = at
    for i, limit in ipairs(ask.limits) do
      local from = step(limit, at)
      local to = free(logs[i], most[i], limit.span, from)
      if limit.burst > 0 then
        to = free(logs[i], limit.burst + (ask.orders and limit.reserve or 0), limit.pace, to)
      end
      if to > from then
        at, decisive = to - limit.grain + 1, i
      end
    end
  until at == before
  if at - now > ask.maxWait then
    return { 0, at - now, decisive }
  end
  for i, limit in ipairs(ask.limits) do
    book(key, limit, logs[i], step(limit, at), 1)
  end
  return { 1, at - now, decisive, at }
end

-- The account is new here. used: it has called before, Redis has forgotten how often.
function ops.begin()
  redis.call('HSETNX', KEYS[1], 'epoch', cjson.encode({ short = now, long = ask.used and now or 0 }))
end

-- Redis was away or is new: short windows count as full, and what processes booked meanwhile is noted.
function ops.resume()
  for i, key in ipairs(KEYS) do
    local known = redis.call('HGET', key, 'epoch')
    if known then
      local epoch = cjson.decode(known)
      epoch.short = now
      redis.call('HSET', key, 'epoch', cjson.encode(epoch))
    end
    for _, booked in ipairs(ask.booked[i]) do
      book(key, booked.limit, load(key, booked.limit), step(booked.limit, now + booked.ahead), 1)
    end
  end
end

function ops.pause()
  for field, ahead in pairs(ask) do
    pause(KEYS[1], field, now + ahead)
  end
end

-- What others spent of the same account counts as booked now.
function ops.learn()
  local limit, key = ask.limit, KEYS[1]
  redis.call('HSET', key, limit.learned, cjson.encode(limit))
  local log, used = load(key, limit), 0
  for i = 2, #log, 2 do
    used = used + log[i]
  end
  local others = limit.calls - used - ask.remaining
  if others > 0 then
    book(key, limit, log, step(limit, now), others)
  end
end

return ops[op]()

-- SPDX-License-Identifier: Apache-2.0
-- Mixed requests as a page makes them (bench/serve_load.py): lists, the application, dependence, measures, tiers,
-- validation, computing power, runs, their state and their results. One request per connection, as the server wants it.
local world = os.getenv("LINCHPIN_WORLD") or "world-2022e"
local run = os.getenv("LINCHPIN_RUN") or "1"
local regions = { "CHN", "USA", "DEU", "JPN", "FRA", "IND" }
local json = { ["Content-Type"] = "application/json" }

local function get(path, headers) return { "GET", path, headers or {}, nil } end
local function post(path, body) return { "POST", path, json, body } end

local requests = {
  get("/"), get("/", { ["Accept-Encoding"] = "gzip" }), get("/api/v1/version"), get("/api/v1/worlds"),
  get("/api/v1/measures"), get("/api/v1/runs"), get("/api/v1/runs/" .. run), get("/api/v1/runs/" .. run .. "/results.json"),
  get("/api/v1/runs/" .. run .. "/tables"), get("/api/v1/runs/" .. run .. "/events"),
  post("/api/v1/compute", '{"draws":64}'),
  post("/api/v1/validate", '{"kind":"scenario","world":"' .. world .. '","text":"title = \'x\'\\n[[cut]]\\nfoo = 1\\n"}'),
  get("/api/v1/worlds/" .. world), get("/api/v1/runs/" .. run .. "/results"),
  get("/api/v1/runs/" .. run .. "/results.json", { ["Accept-Encoding"] = "gzip" }),
}
for _, region in ipairs(regions) do
  requests[#requests + 1] = post("/api/v1/depend", '{"world":"' .. world .. '","buyers":["' .. region .. '"]}')
  requests[#requests + 1] = post("/api/v1/tiers", '{"world":"' .. world .. '","buyer":"' .. region .. '"}')
  requests[#requests + 1] = post("/api/v1/measures",
    '{"worlds":["' .. world .. '"],"measures":["reliance"],"buyers":["' .. region .. '"]}')
end

-- A line for each run: path and body.
local posts = {}
for line in io.lines(os.getenv("LINCHPIN_POSTS") or "/dev/null") do
  local path, body = line:match("^(%S+) (.+)$")
  if path then posts[#posts + 1] = post(path, body) end
end

local threads = {}
function setup(thread) threads[#threads + 1] = thread end

function init(args)
  math.randomseed(os.time())
  statuses = {}
  asked = {}
end

function request()
  -- A third of all requests is for runs.
  local among = (#posts > 0 and math.random(3) == 1) and posts or requests
  local one = among[math.random(#among)]
  return wrk.format(one[1], one[2], one[3], one[4])
end

function response(status)
  local key = tostring(status)
  statuses[key] = (statuses[key] or 0) + 1
end

function done(summary, latency)
  local sums = {}
  for _, thread in ipairs(threads) do
    for status, count in pairs(thread:get("statuses")) do sums[status] = (sums[status] or 0) + count end
  end
  io.write("statuses:")
  for status, count in pairs(sums) do io.write(" ", status, "=", count) end
  io.write(string.format("\nerrors: connect %d, read %d, write %d, timeout %d\n", summary.errors.connect,
    summary.errors.read, summary.errors.write, summary.errors.timeout))
  io.write(string.format("latency ms: median %.1f, 99 %% %.1f, longest %.1f\n", latency:percentile(50) / 1000,
    latency:percentile(99) / 1000, latency.max / 1000))
end

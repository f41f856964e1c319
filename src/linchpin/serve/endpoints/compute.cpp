// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/compute_question.h"

#include <utility>

#include "linchpin/results/run_clock.h"
#include "linchpin/serve/endpoints/all.h"
#include "linchpin/serve/endpoints/question.h"
#include "linchpin/serve/posted_parameters.h"

namespace linchpin::serve {
namespace {

constexpr char const* posted_name = "parameters";
/// A few seconds of them: others wait for the answer outside the queue.
constexpr std::int64_t most_direct_draws = 20000;

/// The document that `linchpin compute --json` prints.
Result<Json> answer(std::filesystem::path const& data, study::ComputeRequest const& request,
                    std::string const& posted, RunControl const& control) {
  RunClock const clock;
  PostedParameters parameters(data, posted_name, posted);
  auto const answer = study::answer_compute(request, parameters.source(), control);
  if (!answer) return fail(answer.error());
  Origin origin;
  origin.seed = request.seed;
  origin.options = {{"draws", static_cast<std::int64_t>(request.draws)}};
  auto described = parameters.origin(clock, std::move(origin));
  if (!described) return fail(described.error());
  auto document = study::compute_to_json(*answer);
  document["origin"] = *std::move(described);
  return document;
}

}  // namespace

Response ask_compute(Site& site, Request const& request) {
  auto fields = RequestFields::parse(request);
  if (!fields) return error_response(fields.error());
  study::ComputeRequest asked;
  asked.chips = fields->texts("chips", 100);
  asked.where = "chips";
  auto const posted = fields->text_or(posted_name, {});
  asked.draws = static_cast<std::size_t>(fields->integer_or("draws", 4096, 1, most_direct_draws));
  asked.seed = static_cast<std::uint64_t>(fields->integer_or("seed", 1, 0, largest_seed));
  if (auto const sound = fields->finish(); !sound) return error_response(sound.error());
  if (!posted.empty()) asked.files.emplace_back(posted_name);
  return answer_now(site, [&](RunControl const& control) {
    return answer(site.worlds.folders().data, asked, posted, control);
  });
}

}  // namespace linchpin::serve

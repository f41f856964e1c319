// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "linchpin/serve/endpoints/all.h"
#include "linchpin/serve/endpoints/autonomy_job.h"
#include "linchpin/serve/endpoints/question.h"
#include "linchpin/serve/endpoints/read_texts.h"
#include "linchpin/study/autonomy_answers.h"

namespace linchpin::serve {
namespace {

constexpr std::int64_t most_driver_draws = 1000000;

}  // namespace

Response ask_localize(Site& site, Request const& request) {
  auto fields = RequestFields::parse(request);
  if (!fields) return error_response(fields.error());
  auto text = fields->text("study");
  auto const technologies = fields->texts("technologies", 100);
  auto const draws = fields->integer("draws", 0, most_posted_draws);
  auto const seed = fields->integer("seed", 0, largest_seed);
  auto const preset = fields->choice("preset", {"sceptic", "central", "optimist"}, "");
  bool const presets = fields->flag("presets");
  auto const drivers = fields->integer("drivers", 0, most_driver_draws);
  if (auto const sound = fields->finish(); !sound) return error_response(sound.error());
  auto study = check_now(
      site, [&](RunControl const& control) { return read_autonomy(site.worlds, text, control); });
  if (!study) return study.error();
  if (draws) study->draws = static_cast<std::size_t>(*draws);
  if (seed) study->seed = static_cast<std::uint64_t>(*seed);
  if (!preset.empty()) study->asks.preset = preset;
  study->asks.presets = study->asks.presets || presets;
  if (drivers) study->asks.driver_draws = static_cast<std::size_t>(*drivers);
  if (auto const kept = study::keep_technologies(*study, technologies, "technologies"); !kept) {
    return error_response(kept.error());
  }
  if (auto const sound = check_work(*study); !sound) return error_response(sound.error());
  auto const& asks = study->asks;
  bool const quick =
      study->draws == 0 && asks.driver_draws == 0 && !asks.optimal && !asks.compute_draws;
  auto job =
      autonomy_job(site.worlds, std::move(text), *std::move(study), AutonomyDocument::localize);
  if (quick) job.lane = Lane::short_runs;
  return submit(site, std::move(job), request, fields->taken());
}

}  // namespace linchpin::serve

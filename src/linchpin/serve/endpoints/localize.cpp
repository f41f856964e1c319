// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <optional>
#include <utility>

#include "linchpin/report/html.h"
#include "linchpin/results/run_clock.h"
#include "linchpin/serve/endpoints/all.h"
#include "linchpin/serve/endpoints/answer_files.h"
#include "linchpin/serve/endpoints/question.h"
#include "linchpin/serve/endpoints/read_texts.h"
#include "linchpin/serve/shipped_parameters.h"
#include "linchpin/study/autonomy_answers.h"
#include "linchpin/study/autonomy_json.h"
#include "linchpin/study/autonomy_results.h"
#include "linchpin/table/files/atomic_file.h"

namespace linchpin::serve {
namespace {

constexpr std::int64_t most_driver_draws = 1000000;

struct Asked {
  std::string text;
  study::AutonomyStudy study;
};

/// The document that `linchpin localize --json` prints, tables and report of `linchpin run`.
Result<void> run(WorldStore& worlds, Asked const& asked, std::filesystem::path const& folder,
                 RunControl const& control) {
  RunClock const clock;
  auto const file = folder / study_name;
  if (auto const kept = write_text_atomically(file, asked.text); !kept) return kept;
  auto const& study = asked.study;
  auto const world = worlds.open(study.world.value, control);
  if (!world) return fail(world.error());
  auto const& economy = (*world)->economy;
  ShippedParameters parameters(worlds.folders().data);
  auto const answers = study::answer_autonomy_study(study, economy, parameters.source(), control);
  if (!answers) return fail(answers.error());
  auto origin = (*world)->origin;
  origin.seed = study.seed;
  origin.options = {{"draws", static_cast<std::int64_t>(study.draws)},
                    {"preset", study.asks.preset},
                    {"drivers.draws", static_cast<std::int64_t>(study.asks.driver_draws)}};
  auto const inputs = parameters.with({file, (*world)->entry.file});
  if (auto const filled = clock.fill(origin, inputs); !filled) return filled;
  auto document = study::autonomy_to_json(*answers, study, economy.space().region_labels());
  document["origin"] = origin_to_json(origin);
  auto results = study::autonomy_results(study, economy, *answers);
  auto options = std::move(results.origin.options);
  results.origin = origin;
  results.origin.options = std::move(options);
  auto const html = render_report(results);
  if (!html) return fail(html.error());
  return write_document_and_tables(document, results, folder, *html);
}

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
  auto study = read_autonomy(site.worlds, text);
  if (!study) return error_response(study.error());
  if (draws) study->draws = static_cast<std::size_t>(*draws);
  if (seed) study->seed = static_cast<std::uint64_t>(*seed);
  if (!preset.empty()) study->asks.preset = preset;
  study->asks.presets = study->asks.presets || presets;
  if (drivers) study->asks.driver_draws = static_cast<std::size_t>(*drivers);
  if (auto const kept = study::keep_technologies(*study, technologies, "technologies"); !kept) {
    return error_response(kept.error());
  }
  Job job{"localize", study->world.value, study->title, {}, {}};
  job.work = [&worlds = site.worlds, asked = Asked{std::move(text), *std::move(study)}](
                 auto const& folder, auto const& control) {
    return run(worlds, asked, folder, control);
  };
  return submit(site, std::move(job), request, fields->taken());
}

}  // namespace linchpin::serve

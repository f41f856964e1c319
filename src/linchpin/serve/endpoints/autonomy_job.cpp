// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/endpoints/autonomy_job.h"

#include <filesystem>
#include <utility>

#include "linchpin/report/html.h"
#include "linchpin/results/outputs.h"
#include "linchpin/results/run_clock.h"
#include "linchpin/serve/endpoints/answer_files.h"
#include "linchpin/serve/endpoints/read_texts.h"
#include "linchpin/serve/shipped_parameters.h"
#include "linchpin/study/autonomy_answers.h"
#include "linchpin/study/autonomy_json.h"
#include "linchpin/study/autonomy_results.h"
#include "linchpin/table/files/atomic_file.h"

namespace linchpin::serve {
namespace {

struct Asked {
  std::string text;
  study::AutonomyStudy study;
  AutonomyDocument document;
};

Json localize_document(std::vector<study::AutonomyAnswer> const& answers,
                       study::AutonomyStudy const& study, IndustrySpace const& space,
                       Origin origin) {
  origin.seed = study.seed;
  origin.options = {{"draws", static_cast<std::int64_t>(study.draws)},
                    {"preset", study.asks.preset},
                    {"drivers.draws", static_cast<std::int64_t>(study.asks.driver_draws)}};
  auto document = study::autonomy_to_json(answers, study, space.region_labels());
  document["origin"] = origin_to_json(origin);
  return document;
}

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
  auto results = study::autonomy_results(study, economy, *answers);
  results.origin.world_name = (*world)->origin.world_name;
  results.origin.world = (*world)->origin.world;
  auto const inputs = parameters.with({file, (*world)->entry.file});
  if (auto const filled = clock.fill(results.origin, inputs); !filled) return filled;
  auto const html = render_report(results);
  if (!html) return fail(html.error());
  if (asked.document == AutonomyDocument::localize) {
    return write_document_and_tables(
        localize_document(*answers, study, economy.space(), results.origin), results, folder,
        *html);
  }
  auto const written = write_outputs(results, folder, *html);
  if (!written) return fail(written.error());
  return {};
}

}  // namespace

Job autonomy_job(WorldStore& worlds, std::string text, study::AutonomyStudy study,
                 AutonomyDocument document) {
  Job job;
  job.kind = document == AutonomyDocument::localize ? "localize" : "study";
  job.world = study.world.value;
  job.title = study.title;
  job.work = [&worlds, asked = Asked{std::move(text), std::move(study), document}](
                 auto const& folder, auto const& control) {
    return run(worlds, asked, folder, control);
  };
  return job;
}

}  // namespace linchpin::serve

// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <utility>
#include <vector>

#include "linchpin/report/html.h"
#include "linchpin/results/outputs.h"
#include "linchpin/results/run_clock.h"
#include "linchpin/serve/endpoints/all.h"
#include "linchpin/serve/endpoints/autonomy_job.h"
#include "linchpin/serve/endpoints/limits.h"
#include "linchpin/serve/endpoints/question.h"
#include "linchpin/serve/endpoints/read_texts.h"
#include "linchpin/serve/endpoints/submit.h"
#include "linchpin/serve/request_fields.h"
#include "linchpin/serve/shipped_parameters.h"
#include "linchpin/study/autonomy_study.h"
#include "linchpin/study/run.h"
#include "linchpin/study/study_file.h"
#include "linchpin/table/files/atomic_file.h"

namespace linchpin::serve {
namespace {

/// All that `linchpin run` writes.
Result<void> run(WorldStore& worlds, std::string const& text, std::filesystem::path const& folder,
                 RunControl const& control) {
  RunClock const clock;
  auto const file = folder / study_name;
  if (auto const kept = write_text_atomically(file, text); !kept) return kept;
  auto const study = study::parse_study(text, study_name);
  if (!study) return fail(study.error());
  auto const world = worlds.open(study->world, control);
  if (!world) return fail(world.error());
  ShippedParameters parameters(worlds.folders().data);
  std::vector<std::filesystem::path> opened{file, (*world)->entry.file};
  study::WorldSource const others = [&](std::string const& name) -> Result<Economy> {
    auto const other = worlds.open(name, control);
    if (!other) return fail(other.error());
    opened.push_back((*other)->entry.file);
    return (*other)->economy;
  };
  auto results =
      study::run_study(*study, (*world)->economy, control, parameters.source(), {}, others);
  if (!results) return fail(results.error());
  results->origin.world_name = (*world)->origin.world_name;
  results->origin.world = (*world)->origin.world;
  auto const inputs = parameters.with(opened);
  if (auto const filled = clock.fill(results->origin, inputs); !filled) return filled;
  auto const html = render_report(*results);
  if (!html) return fail(html.error());
  // Every form, whatever the study says: a client asks for the one it wants.
  auto const written = write_outputs(*results, folder, *html);
  if (!written) return fail(written.error());
  return {};
}

}  // namespace

Response ask_study(Site& site, Request const& request) {
  auto fields = RequestFields::parse(request);
  if (!fields) return error_response(fields.error());
  auto const text = fields->text("study");
  if (auto const sound = fields->finish(); !sound) return error_response(sound.error());
  if (study::is_autonomy_study(text)) {
    auto study = check_now(
        site, [&](RunControl const& control) { return read_autonomy(site.worlds, text, control); });
    if (!study) return study.error();
    if (auto const sound = check_work(*study); !sound) return error_response(sound.error());
    auto job = autonomy_job(site.worlds, text, *std::move(study), AutonomyDocument::results);
    return submit(site, std::move(job), request, fields->taken());
  }
  auto const study = check_now(
      site, [&](RunControl const& control) { return read_study(site.worlds, text, control); });
  if (!study) return study.error();
  if (auto const sound = check_work(*study); !sound) return error_response(sound.error());
  Job job{"study", study->world, study->title, {}, {}};
  job.work = [&worlds = site.worlds, text](auto const& folder, auto const& control) {
    return run(worlds, text, folder, control);
  };
  auto taken = fields->taken();
  if (study->leverage && study->leverage->power) {
    for (auto const& each : study->leverage->power->worlds) {
      auto const state = site.worlds.fingerprint(each.value);
      if (!state) return error_response(state.error());
      taken["worlds"][each.value] = *state;  // another state of one makes a new run
    }
  }
  return submit(site, std::move(job), request, taken);
}

}  // namespace linchpin::serve

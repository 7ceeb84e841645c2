from rasa.shared.importers.importer import TrainingDataImporter

from support.run.environment import ROOT

DOMAIN = 'version: "3.1"\nintents: [greet]\nresponses: {utter_greet: [{text: Hello}]}\n'
LINES = 'version: "3.1"\nnlu: [{intent: greet, examples: "- hello\\n- good day"}]\n'
RULES = 'version: "3.1"\nrules: [{rule: greet, steps: [{intent: greet}, {action: utter_greet}]}]\n'


def test_no_file_is_read_a_second_time(tmp_path):
    data, domain = tmp_path / "data", tmp_path / "domain.yml"
    data.mkdir()
    files = {domain: DOMAIN, data / "lines.yml": LINES, data / "rules.yml": RULES}
    for file, text in files.items():
        file.write_text(text)
    importer = TrainingDataImporter.load_from_config(str(ROOT / "config.yml"), str(domain), [str(data)])
    assert len(importer.get_stories().story_steps) == 1
    assert [line.get("text") for line in importer.get_nlu_data().intent_examples] == ["hello", "good day"]
    for file in files:
        file.unlink()
    assert "greet" in importer.get_domain().intents

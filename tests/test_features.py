"""Hugging Face features: the card states what `datasets` itself makes of the Arrow schema."""

import yaml

from geodigest.descriptors.features import dataset_info, features
from geodigest.tabular.files import TableFiles
from geodigest.tabular.schema import TableSchema


def test_the_card_states_the_features_that_datasets_has(schemas: tuple[TableSchema, ...]) -> None:
    import datasets

    for schema in schemas:
        files = TableFiles(schema.name, 3, 100, 50, "", 60, "")
        info = datasets.DatasetInfo._from_yaml_dict(yaml.safe_load(yaml.safe_dump(dataset_info(schema, files))))
        assert info.features == features(schema)
        assert info.splits["train"].num_examples == 3
        assert info.splits["train"].num_bytes == info.dataset_size == 100
        assert info.download_size == 50

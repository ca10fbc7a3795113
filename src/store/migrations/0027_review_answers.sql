-- Whether anybody was answered for in a review is asked with every designation.
CREATE INDEX review_row_answered ON review_row (review_id) WHERE answer <> '';

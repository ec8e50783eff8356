-- How many units a joint branch covers (《条例》第五条: 一般不超过 5 个); unknown until somebody says.
ALTER TABLE organisation ADD COLUMN joint_units INTEGER;
CREATE INDEX organisation_type_code ON organisation (type, code)

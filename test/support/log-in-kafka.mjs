/** Runs before the test files of the jest project "kafka": their stages have their log in Kafka. */
process.env['KOPPEL_TEST_LOG'] = 'kafka';
